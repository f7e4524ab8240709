"""The dossier for the PMR: what the site keeps, why, for how long and for whose eyes; on a page and on paper."""
