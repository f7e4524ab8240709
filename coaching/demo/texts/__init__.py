"""What people of the demo said and wrote, in Dutch, group by group, oldest meeting first."""
