from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two goals change places by way of place 0: their places are unique at every moment."""

    dependencies = [
        ("portfolio", "0004_portfolio_and_pop"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="goal", name="a_pop_has_three_goals_at_most"),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(("order__gte", 0), ("order__lte", 3)),
                name="a_pop_has_three_goals_at_most",
            ),
        ),
    ]
