import { createReportLogs } from '../../../../shared/clients/logs/report-logs.ts';
import { JSON_REPORT_QUERY, readReportRow, TEXT_REPORT_QUERY } from '../../../../shared/clients/logs/report-query.ts';
import { scanBatch } from '../../../../shared/domain/night/reports/scan-queue.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws> | undefined;
afterEach(() => aws?.stop());

const batch = (logFormat: 'Text' | 'JSON' = 'Text') =>
  scanBatch(
    ['a', 'b'].map((functionName) => ({
      functionName,
      logGroupName: `/aws/lambda/${functionName}`,
      logFormat,
      logGroupClass: 'STANDARD',
      startMs: window.startMs,
      estimatedBytes: 10,
    })),
  );
const window = { startMs: Date.UTC(2026, 10, 9), endMs: Date.UTC(2026, 10, 23) };
const row = (fields: Record<string, string>) => Object.entries(fields).map(([field, value]) => ({ field, value }));

describe('startQuery', () => {
  it.each([
    ['Text', TEXT_REPORT_QUERY],
    ['JSON', JSON_REPORT_QUERY],
  ] as const)('queries %s groups together', async (format, query) => {
    aws = fakeAws({ StartQuery: () => ({ queryId: 'q1' }) });
    await expect(createReportLogs().startQuery(batch(format), window.endMs)).resolves.toEqual({
      started: true,
      queryId: 'q1',
    });
    expect(aws.calls[0]!.input).toMatchObject({
      logGroupNames: ['/aws/lambda/a', '/aws/lambda/b'],
      queryString: query,
      startTime: window.startMs / 1000,
      endTime: window.endMs / 1000 - 1,
    });
  });

  it.each([
    ['LimitExceededException', 'busy'],
    ['ThrottlingException', 'busy'],
    ['ResourceNotFoundException', 'groupMissing'],
    ['MalformedQueryException', 'rejected'],
    ['InvalidParameterException', 'rejected'],
  ])('answers %s as %s', async (name, why) => {
    aws = fakeAws({
      StartQuery: () => {
        throw awsError(name);
      },
    });
    await expect(createReportLogs().startQuery(batch(), window.endMs)).resolves.toMatchObject({ started: false, why });
  });

  it('names the permission when denied', async () => {
    aws = fakeAws({
      StartQuery: () => {
        throw awsError('AccessDeniedException', 'client', 403);
      },
    });
    await expect(createReportLogs().startQuery(batch(), window.endMs)).rejects.toMatchObject({
      name: 'InvalidConfiguration',
      message: expect.stringContaining('logs:StartQuery'),
    });
  });
});

describe('getProgress', () => {
  it.each([
    ['Scheduled', 'running'],
    ['Running', 'running'],
    ['Complete', 'complete'],
    ['Failed', 'failed'],
    ['Timeout', 'failed'],
    ['Unknown', 'failed'],
  ])('reads status %s as %s', async (status, read) => {
    aws = fakeAws({ GetQueryResults: () => ({ status, results: [], statistics: { bytesScanned: 12 } }) });
    await expect(createReportLogs().getProgress('q', 'Text')).resolves.toMatchObject({
      status: read,
      scannedBytes: 12,
    });
  });

  it('follows pages of a complete query', async () => {
    const one = row({ '@log': '1:/g', '@memorySize': '1.28E8', maxMemoryUsed: '9.1E7', reports: '4' });
    aws = fakeAws({
      GetQueryResults: (_input, nth) => ({ status: 'Complete', results: [one], ...(nth === 0 && { nextToken: 'n' }) }),
    });
    const progress = await createReportLogs().getProgress('q', 'Text');
    expect(progress.rows).toHaveLength(2);
  });
});

describe('stopQuery', () => {
  it('stops a query', async () => {
    aws = fakeAws({ StopQuery: () => ({ success: true }) });
    await expect(createReportLogs().stopQuery('q')).resolves.toBe(true);
  });

  it.each(['InvalidParameterException', 'ThrottlingException', 'AccessDeniedException'])(
    'says on %s that it could not, and fails nothing',
    async (name) => {
      aws = fakeAws({
        StopQuery: () => {
          throw awsError(name);
        },
      });
      await expect(createReportLogs().stopQuery('q')).resolves.toBe(false);
    },
  );
});

describe('readReportRow', () => {
  it('turns text fields from decimal bytes into MB', () => {
    const read = readReportRow(
      row({
        '@log': '123456789012:/aws/lambda/a:b',
        '@memorySize': '1.28E8',
        maxMemoryUsed: '91000000',
        reports: '10',
        coldStarts: '2',
        meanInitDuration: '150.5',
      }),
      'Text',
    );
    expect(read).toEqual({
      logGroupName: '/aws/lambda/a:b',
      memorySizeMb: 128,
      maxMemoryUsedMb: 91,
      reports: 10,
      coldStarts: 2,
      meanInitDurationMs: 150.5,
    });
  });

  it('takes JSON fields as MB, and a missing init duration as missing', () => {
    const read = readReportRow(
      row({
        '@log': '1:/g',
        'record.metrics.memorySizeMB': '512',
        maxMemoryUsed: '91',
        reports: '10',
        coldStarts: '0',
      }),
      'JSON',
    );
    expect(read).toEqual({ logGroupName: '/g', memorySizeMb: 512, maxMemoryUsedMb: 91, reports: 10, coldStarts: 0 });
  });

  it.each<Record<string, string>>([
    { '@memorySize': '1.28E8', maxMemoryUsed: '9E7' },
    { '@log': '1:/g', '@memorySize': '1.28E8' },
    { '@log': '1:/g', maxMemoryUsed: '9E7' },
    { '@log': '1:/g', '@memorySize': '1.28E8', maxMemoryUsed: '0' },
  ])('takes %j for no evidence', (fields) => {
    expect(readReportRow(row(fields), 'Text')).toBeUndefined();
  });
});

describe('describeGroups', () => {
  it('lists the Lambda groups once and others by name, keeping only those asked for', async () => {
    aws = fakeAws({
      DescribeLogGroups: ({ logGroupNamePrefix, nextToken }) =>
        logGroupNamePrefix === '/aws/lambda/'
          ? nextToken === undefined
            ? {
                nextToken: 'n',
                logGroups: [{ logGroupName: '/aws/lambda/a', storedBytes: 5, retentionInDays: 7, creationTime: 3 }],
              }
            : { logGroups: [{ logGroupName: '/aws/lambda/unasked', storedBytes: 9 }] }
          : { nextToken: 'never', logGroups: [{ logGroupName: '/team/x' }, { logGroupName: '/team/xyz' }] },
    });
    const groups = await createReportLogs().describeGroups(new Set(['/aws/lambda/a', '/aws/lambda/gone', '/team/x']));
    expect([...groups]).toEqual([
      ['/aws/lambda/a', { storedBytes: 5, retentionDays: 7, createdAtMs: 3, logGroupClass: 'STANDARD' }],
      ['/team/x', { storedBytes: 0, logGroupClass: 'STANDARD' }],
    ]);
    expect(aws.calls).toHaveLength(3);
  });
});
