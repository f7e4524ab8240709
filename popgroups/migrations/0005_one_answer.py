"""The two tables of before go; apart from the rows' move, since PostgreSQL changes no table with work pending."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("popgroups", "0004_answers")]

    operations = [migrations.DeleteModel("Absence"), migrations.DeleteModel("Coming")]
