import type {
  DescribeAlarmContributorsCommandInput,
  DescribeAlarmContributorsCommandOutput,
  GetMetricDataCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { type Operation, operation, type Service } from '../core/operation.ts';
import type { AlarmEvaluator } from './alarm-evaluator.ts';
import type { CloudWatchService } from './cloudwatch-service.ts';
import { type MetricReader, parseInsights } from './metric-reader.ts';

/** CloudWatch with Metrics Insights queries and contributors of alarms on them, over an evaluator. */
export function withInsights(service: CloudWatchService, evaluator: AlarmEvaluator, metrics: MetricReader): Service {
  return {
    name: service.name,
    operations: {
      ...service.operations,
      GetMetricData: getMetricData(service.operations['GetMetricData']!, metrics),
      DescribeAlarmContributors: describeContributors(evaluator),
    },
    throttle: (name, input) => service.throttle(name, input),
    rates: service.rates,
  };
}

/** One query a call, over one period; everything else goes to the service as it is. */
function getMetricData(plain: Operation, metrics: MetricReader): Operation {
  return {
    fields: plain.fields,
    run: (input) => {
      // The command's name was checked when the operation was registered.
      const { MetricDataQueries, StartTime, EndTime } = input as unknown as GetMetricDataCommandInput;
      const [query, ...others] = MetricDataQueries ?? [];
      if (!query?.Expression || others.length > 0) return plain.run(input);
      const parsed = parseInsights(query.Expression);
      const periodMs = query.Period! * 1000;
      const startMs = StartTime!.getTime();
      const count = Math.max(1, Math.ceil((EndTime!.getTime() - startMs) / periodMs));
      const groups = metrics.group(parsed, { startMs, periodMs, count });
      return {
        Messages: [],
        MetricDataResults: groups.map(({ name, values }) => {
          const points = values.map((value, index) => ({ value, atMs: startMs + index * periodMs }));
          const real = points.filter(({ value }) => !Number.isNaN(value));
          return {
            Id: query.Id,
            Label: name,
            StatusCode: 'Complete',
            Timestamps: real.map(({ atMs }) => new Date(atMs)),
            Values: real.map(({ value }) => value),
          };
        }),
      };
    },
  };
}

function describeContributors(evaluator: AlarmEvaluator): Operation {
  return operation<DescribeAlarmContributorsCommandInput, DescribeAlarmContributorsCommandOutput>(
    ['AlarmName'],
    (input) => ({
      AlarmContributors: evaluator.contributorsOf(input.AlarmName!).map(({ id, attributes, reason, atMs }) => ({
        ContributorId: id,
        ContributorAttributes: attributes,
        StateReason: reason,
        StateTransitionedTimestamp: new Date(atMs),
      })),
    }),
  );
}
