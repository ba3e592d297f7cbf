import { evidenceFromReports, type ReportRow } from '../../../../../../shared/domain/night/reports/report-rows.ts';

const row = (changes: Partial<ReportRow> = {}): ReportRow => ({
  logGroupName: '/aws/lambda/orders',
  memorySizeMb: 1024,
  maxMemoryUsedMb: 300,
  reports: 90,
  coldStarts: 9,
  meanInitDurationMs: 200,
  ...changes,
});

describe('evidenceFromReports', () => {
  it('takes the most memory ever used at any size, and cold starts at the current one', () => {
    const rows = [
      row(),
      row({ memorySizeMb: 2048, maxMemoryUsedMb: 400, reports: 10, coldStarts: 10, meanInitDurationMs: 50 }),
    ];
    expect(evidenceFromReports(rows, 1024)).toEqual({
      source: 'ReportLines',
      maxMemoryUsedMb: 400,
      reportCount: 100,
      coldStartShare: 0.1,
      initDurationMs: 200,
    });
  });

  it('says nothing of cold starts when none of the lines is of the current size', () => {
    expect(evidenceFromReports([row()], 512)).toEqual({
      source: 'ReportLines',
      maxMemoryUsedMb: 300,
      reportCount: 90,
    });
  });

  it('keeps no init duration without cold starts', () => {
    const { meanInitDurationMs, ...warm } = row({ coldStarts: 0 });
    expect(evidenceFromReports([warm], 1024)).toEqual({
      source: 'ReportLines',
      maxMemoryUsedMb: 300,
      reportCount: 90,
      coldStartShare: 0,
    });
  });

  it.each([[[]], [[row({ reports: 0 })]]])('is no evidence without lines', (rows) => {
    expect(evidenceFromReports(rows, 1024)).toEqual({
      source: 'none',
      reason: 'no REPORT lines in the look-back',
    });
  });
});
