import { standingUsage } from '../../../../sandbox/metering/night-meter.ts';

it('counts the metrics that alarms are billed for, not the alarms, and dashboards', () => {
  const metric = { MetricStat: {} };
  const computed = { Expression: 'a / b' };
  const usage = standingUsage({
    Resources: {
      Plain: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
      Rate: { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [metric, metric, computed] } },
      Dashboard: { Type: 'AWS::CloudWatch::Dashboard' },
    },
  });
  expect(usage).toEqual({ alarms: 3, compositeAlarms: 0, dashboards: 1 });
});
