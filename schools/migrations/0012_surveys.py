
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('schools', '0011_trajectory'),
    ]

    operations = [
        migrations.CreateModel(
            name='SurveyWave',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('baseline', 'baseline'), ('middle', 'halfway through'), ('end', 'at the end'), ('later', 'a year later')], max_length=8, verbose_name='which moment')),
                ('items', models.PositiveSmallIntegerField()),
                ('opens', models.DateField(verbose_name='opens on')),
                ('closes', models.DateField(verbose_name='until and including')),
                ('state', models.CharField(choices=[('planned', 'planned'), ('open', 'open'), ('closed', 'closed')], default='planned', editable=False, max_length=8)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('salt', models.CharField(blank=True, editable=False, max_length=64)),
                ('asked', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('reminders', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('reminded_on', models.DateField(blank=True, editable=False, null=True)),
                ('school', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='survey_waves', to='schools.school')),
            ],
            options={
                'ordering': ['opens', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SurveyLink',
            fields=[
                ('token_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='schools.surveywave')),
            ],
        ),
        migrations.CreateModel(
            name='SurveyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=40)),
                ('value', models.PositiveSmallIntegerField()),
                ('people', models.PositiveSmallIntegerField(default=0)),
                ('shown', models.BooleanField(default=False)),
                ('wave', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='schools.surveywave')),
            ],
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='survey',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='mails', to='schools.surveywave'),
        ),
        migrations.AddConstraint(
            model_name='surveywave',
            constraint=models.CheckConstraint(condition=models.Q(('closes__gte', models.F('opens'))), name='a_wave_closes_after_it_opens'),
        ),
        migrations.AddConstraint(
            model_name='surveywave',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('school',), name='one_open_wave_a_school'),
        ),
        migrations.AddConstraint(
            model_name='surveywave',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('salt', ''), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at__isnull', True)), _connector='OR'), name='a_closed_wave_makes_no_links'),
        ),
        migrations.AddConstraint(
            model_name='surveycount',
            constraint=models.UniqueConstraint(fields=('wave', 'item', 'value'), name='one_count_a_value'),
        ),
        migrations.AddConstraint(
            model_name='surveycount',
            constraint=models.CheckConstraint(condition=models.Q(('value__lte', 5)), name='values_go_to_five'),
        ),
    ]
