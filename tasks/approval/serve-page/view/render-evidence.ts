import type { Assessment } from '../../../../shared/contracts/assessment.ts';
import { count, counted, duration, megabytes } from '../../../../shared/domain/approval/proposal/wording.ts';
import { money } from './figures.ts';
import { type Html, html } from './html.ts';
import type { ProposalView } from './proposal-view.ts';

const MEMORY_SOURCES: Record<string, string> = {
  ComputeOptimizer: 'Compute Optimizer',
  ReportLines: 'REPORT lines in the logs',
  LambdaInsights: 'Lambda Insights',
};

/** What was measured, over how much of the traffic, and what the money is reckoned from. */
export function renderEvidence({ assessment, record: { savings } }: ProposalView): Html {
  const facts: [string, string | undefined][] = [
    ...metricFacts(assessment),
    ['Most memory used', memoryFact(assessment)],
    ['Finding', [assessment.finding, ...assessment.findingReasons].join(', ')],
    ['Architecture', assessment.architecture],
    [
      'Cost a month',
      `${money(savings.costUsdPerMonthBefore)} now, ${money(savings.costUsdPerMonthAfter)} after, estimated`,
    ],
    [
      'Prices',
      `${savings.priceSource === 'PriceList' ? 'AWS Price List' : 'built-in table'} as of ${savings.pricesAsOf}`,
    ],
  ];
  const known = facts.filter((fact): fact is [string, string] => fact[1] !== undefined);
  return html`<section><h3>Evidence</h3><dl class="facts">${known.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl></section>`;
}

function metricFacts({ metrics, current }: Assessment): [string, string | undefined][] {
  if (metrics === undefined) return [['Traffic', 'CloudWatch had no metrics']];
  const durations = [
    ['mean', metrics.meanDurationMs],
    ['p50', metrics.p50DurationMs],
    ['p95', metrics.p95DurationMs],
    ['p99', metrics.p99DurationMs],
    ['longest', metrics.maxDurationMs],
  ] as const;
  const known = durations.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${duration(value)}`]));
  return [
    ['Measured', `${metrics.from.slice(0, 10)} to ${metrics.to.slice(0, 10)}, at ${megabytes(current.memorySizeMb)}`],
    [
      'Traffic',
      `${counted(metrics.invocations, 'invocation')} seen, about ${count(metrics.invocationsPerMonth)} a month`,
    ],
    ['Errors, throttles', refusedCalls(metrics)],
    ['Durations', known.length === 0 ? undefined : known.join(', ')],
    [
      'Most at once',
      metrics.maxConcurrentExecutions === undefined ? undefined : count(metrics.maxConcurrentExecutions),
    ],
  ];
}

function refusedCalls({ errors, throttles }: NonNullable<Assessment['metrics']>): string | undefined {
  return errors === undefined || throttles === undefined ? undefined : `${count(errors)}, ${count(throttles)}`;
}

function memoryFact({ memory, current }: Assessment): string {
  if (memory.maxMemoryUsedMb === undefined)
    return `not known${memory.reason === undefined ? '' : `: ${memory.reason}`}`;
  const share = Math.round((memory.maxMemoryUsedMb / current.memorySizeMb) * 100);
  const coverage =
    memory.coverage === undefined ? '' : `, ${Math.round(memory.coverage * 100)}% of invocations covered`;
  return `${megabytes(memory.maxMemoryUsedMb)} (${share}%), from ${MEMORY_SOURCES[memory.source] ?? memory.source}${coverage}`;
}
