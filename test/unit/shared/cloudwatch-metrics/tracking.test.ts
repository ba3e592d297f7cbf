import fc from 'fast-check';
import {
  configureMetrics,
  METRICS,
  metricsStatistics,
  trackCostMetrics,
  trackResponseTime,
  trackScalingMetrics,
  trackUserMetrics,
} from '../../../../shared/cloudwatch-metrics/index.ts';

interface Line {
  _aws: { CloudWatchMetrics: { Namespace: string; Dimensions: string[][]; Metrics: Record<string, unknown>[] }[] };
  [name: string]: unknown;
}

let lines: Line[];
let written: jest.SpyInstance;

beforeEach(() => {
  lines = [];
  // In development mode Powertools writes to the global console, which a test can listen to.
  Object.assign(process.env, { POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' });
  written = jest.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(JSON.parse(text) as Line));
  configureMetrics({ service: 'study-assistant' });
});

afterEach(() => written.mockRestore());

function metricsOf(line: Line | undefined): string[] {
  return line?._aws.CloudWatchMetrics[0]?.Metrics.map((metric) => String(metric['Name'])) ?? [];
}

function dimensionsOf(line: Line | undefined): string[][] {
  return line?._aws.CloudWatchMetrics[0]?.Dimensions ?? [];
}

describe('trackResponseTime', () => {
  const request = { responseTime: 120, functionName: 'ask', statusCode: 200, cacheHit: false, cost: 0.0001 };

  it('writes one line with time, error, cache hit and cost by function', async () => {
    await trackResponseTime(request);
    expect(lines).toHaveLength(1);
    expect(dimensionsOf(lines[0])).toEqual([['FunctionName']]);
    expect(metricsOf(lines[0])).toEqual(['ResponseTime', 'RequestError', 'CacheHit', 'RequestCostUsd']);
    expect(lines[0]).toMatchObject({ ResponseTime: 120, RequestError: 0, CacheHit: 0, RequestCostUsd: 0.0001 });
    expect(lines[0]?._aws.CloudWatchMetrics[0]?.Namespace).toBe('Rightsizer/Application');
  });

  it('says nothing of cache and cost where the caller does not', async () => {
    await trackResponseTime({ responseTime: 1, functionName: 'ask', statusCode: 200 });
    expect(metricsOf(lines[0])).toEqual(['ResponseTime', 'RequestError']);
  });

  it('counts a failure by its type as well', async () => {
    await trackResponseTime({ responseTime: 5, functionName: 'ask', statusCode: 500, errorType: 'TimeoutError' });
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ RequestError: 1 });
    expect(dimensionsOf(lines[1])).toEqual([['FunctionName', 'ErrorType']]);
    expect(lines[1]).toMatchObject({ ErrorsByType: 1, ErrorType: 'TimeoutError' });
  });

  it('takes a 4xx answer for no error of the function', async () => {
    await trackResponseTime({ responseTime: 5, functionName: 'ask', statusCode: 404 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ RequestError: 0, statusCode: '404' });
  });

  it('keeps user and request id searchable, and never makes a dimension of them', async () => {
    await trackResponseTime({ ...request, userId: 'student-1', requestId: 'r-1' });
    expect(lines[0]).toMatchObject({ userId: 'student-1', requestId: 'r-1' });
    expect(dimensionsOf(lines[0]).flat()).toEqual(['FunctionName']);
  });

  it('counts error messages and ids under Other', async () => {
    await trackResponseTime({ ...request, statusCode: 500, errorType: 'no note for user 4711' });
    expect(lines[1]).toMatchObject({ ErrorType: 'Other' });
    expect(metricsStatistics().valuesAggregated).toBe(1);
  });

  it('leaves out a value that is no number instead of failing the request', async () => {
    await trackResponseTime({ ...request, responseTime: Number.NaN, cost: -1 });
    expect(metricsOf(lines[0])).toEqual(['RequestError', 'CacheHit']);
    expect(metricsStatistics()).toMatchObject({ valuesDropped: 2 });
  });

  it('stores one-minute resolution unless told otherwise', async () => {
    await trackResponseTime(request);
    expect(lines[0]?._aws.CloudWatchMetrics[0]?.Metrics[0]).not.toHaveProperty('StorageResolution');
    configureMetrics({ highResolution: true, namespace: 'Mine' });
    await trackResponseTime(request);
    expect(lines[1]?._aws.CloudWatchMetrics[0]).toMatchObject({
      Namespace: 'Mine',
      Metrics: [{ StorageResolution: 1 }, {}, {}, {}],
    });
  });
});

describe('the other trackers', () => {
  it('write what users did by service, however many users', async () => {
    await trackUserMetrics({ userId: 'student-1', studyTimeMinutes: 30, documentsProcessed: 2, queriesAsked: 5 });
    await trackUserMetrics({ userId: 'student-2', queriesAsked: 1 });
    expect(lines.map(dimensionsOf)).toEqual([[['Service']], [['Service']]]);
    expect(lines[0]).toMatchObject({
      StudyTimeMinutes: 30,
      DocumentsProcessed: 2,
      QueriesAsked: 5,
      userId: 'student-1',
    });
    expect(metricsOf(lines[1])).toEqual(['QueriesAsked']);
  });

  it('write cost by category and cost per user', async () => {
    await trackCostMetrics({ costUsd: { lambda: 0.1, ai: 0.4 }, costPerUserPerMonth: 9.5 });
    expect(lines.map((line) => [line['CostCategory'], line['CostUsd'], line['CostPerUserPerMonth']])).toEqual([
      ['lambda', 0.1, undefined],
      ['ai', 0.4, undefined],
      [undefined, undefined, 9.5],
    ]);
  });

  it('write load', async () => {
    await trackScalingMetrics({ concurrentUsers: 1_200, queueDepth: 3 });
    expect(lines[0]).toMatchObject({ ConcurrentUsers: 1_200, QueueDepth: 3, Service: 'study-assistant' });
  });

  it('write nothing when given nothing', async () => {
    await trackScalingMetrics({});
    expect(lines).toEqual([]);
  });

  it('use only dimensions that the catalogue names for the metric', async () => {
    await trackResponseTime({ responseTime: 1, functionName: 'ask', statusCode: 500, cacheHit: true, cost: 1 });
    await trackUserMetrics({ userId: 'u', studyTimeMinutes: 1, documentsProcessed: 1, queriesAsked: 1 });
    await trackCostMetrics({ costUsd: { ai: 1 }, costPerUserPerMonth: 1 });
    await trackScalingMetrics({ concurrentUsers: 1, activeConnections: 1, queueDepth: 1 });
    const seen = new Map(lines.flatMap((line) => metricsOf(line).map((name) => [name, dimensionsOf(line)] as const)));
    const promised = Object.values(METRICS).map(({ name, dimensions }) => [name, [[...dimensions]]] as const);
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(promised));
  });
});

describe('whatever JavaScript passes', () => {
  it('never fails a request, and writes lines whose metrics are numbers', async () => {
    const given = fc.oneof(fc.anything(), fc.double(), fc.constantFrom(Number.NaN, -0, 1e308, 5e-324, 1n));
    await fc.assert(
      fc.asyncProperty(given, given, given, given, async (a, b, c, d) => {
        await trackResponseTime({
          ...{ responseTime: a, functionName: b, statusCode: c, cacheHit: d, cost: a, errorType: b, userId: c },
        } as never);
        await trackUserMetrics({ userId: a, studyTimeMinutes: b, documentsProcessed: c } as never);
        await trackCostMetrics({ costUsd: { lambda: a, mine: b }, costPerUserPerMonth: c } as never);
        await trackScalingMetrics({ concurrentUsers: a, queueDepth: b } as never);
      }),
      { numRuns: 300 },
    );
    expect(lines.length).toBeGreaterThan(300);
    for (const line of lines) for (const name of metricsOf(line)) expect(typeof line[name]).toBe('number');
  });
});

describe('the number of metrics', () => {
  const combinations = () =>
    new Set(
      lines.flatMap((line) => dimensionsOf(line).map((names) => JSON.stringify(names.map((name) => line[name])))),
    );

  it('inside Lambda is one function, whatever 101 pages a caller names', async () => {
    process.env['AWS_LAMBDA_FUNCTION_NAME'] = 'ask';
    try {
      configureMetrics({});
      for (let page = 0; page <= 100; page++) {
        await trackResponseTime({ responseTime: 1, functionName: `page-${letters(page)}`, statusCode: 200 });
      }
      await trackResponseTime({ responseTime: 1, functionName: 'ask', statusCode: 200 });
      expect([...combinations()]).toEqual(['["Other"]', '["ask"]']);
      configureMetrics({ allowedDimensionValues: { FunctionName: ['router', 'ask'] } });
      await trackResponseTime({ responseTime: 1, functionName: 'router', statusCode: 200 });
      expect([...combinations()]).toContain('["router"]');
    } finally {
      delete process.env['AWS_LAMBDA_FUNCTION_NAME'];
    }
  });

  it('stays the same for 101 users, courses as cost categories, and error types that name courses', async () => {
    for (let nth = 0; nth <= 100; nth++) {
      const course = `Course${letters(nth)}`;
      await trackUserMetrics({ userId: `student-${nth}`, queriesAsked: 1 });
      await trackCostMetrics({ costUsd: { [course]: 1 } as object, userId: `student-${nth}` });
      await trackResponseTime({ responseTime: 1, functionName: 'ask', statusCode: 500, errorType: `${course}Error` });
    }
    const costs = new Set(lines.map((line) => line['CostCategory']).filter(Boolean));
    const errors = new Set(lines.map((line) => line['ErrorType']).filter(Boolean));
    expect([...costs]).toEqual(['Other']);
    expect(errors.size).toBeLessThanOrEqual(21);
  });

  it('is not begun anew by configuring anew: the service of each request is counted together', async () => {
    for (let nth = 0; nth <= 100; nth++) {
      configureMetrics({ service: `course-${letters(nth)}` });
      await trackScalingMetrics({ queueDepth: 1 });
    }
    expect(new Set(lines.map((line) => line['Service'])).size).toBeLessThanOrEqual(6);
  });
});

/** A to CW: names without digits, which no rule about identifiers catches. */
function letters(index: number): string {
  return (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}
