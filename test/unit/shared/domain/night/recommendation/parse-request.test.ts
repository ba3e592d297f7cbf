import { parseRecommendationRequest } from '../../../../../../shared/domain/night/recommendation/parse-request.ts';
import { STRATEGIES } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { anObservation, aRequest } from './requests.ts';

describe('parseRecommendationRequest', () => {
  test('accepts a full request, and takes null for not given', () => {
    const parsed = parseRecommendationRequest({ ...aRequest(), balancedWeight: null, unknown: 1 });

    expect(parsed).toMatchObject({ ok: true, request: { functionName: 'orders' } });
    expect(parsed.ok && 'balancedWeight' in parsed.request).toBe(false);
  });

  test('names every problem at once', () => {
    const parsed = parseRecommendationRequest({
      ...aRequest({ balancedWeight: 2 }),
      strategy: 'cheapest',
      bounds: { minMb: 512, maxMb: 256 },
      observations: [{ memorySizeMb: 512, invocations: -1 }, 7],
    });

    expect(parsed).toEqual({
      ok: false,
      problems: [
        `strategy must be one of ${STRATEGIES.join(', ')}, got "cheapest"`,
        'balancedWeight must be a number from 0 to 1, got 2',
        'bounds.minMb must not exceed bounds.maxMb, got 512 and 256',
        'observations[0].invocations must be a number from 0 up, got -1',
        'observations[0].meanDurationMs must be a number above 0, got nothing',
        'observations[1] must be an object, got 7',
      ],
    });
  });

  test.each([[null], [[]], ['text'], [3]])('rejects %j, which is no object', (value) => {
    expect(parseRecommendationRequest(value)).toMatchObject({ ok: false });
  });

  test('takes how a rare function is called, and names what is wrong with it', () => {
    const rhythm = { everyDays: 7, runs: 3, nextRunOn: '2026-11-29' };
    expect(parseRecommendationRequest(aRequest({ rhythm }))).toMatchObject({ ok: true, request: { rhythm } });
    expect(parseRecommendationRequest({ ...aRequest(), rhythm: { everyDays: 0, nextRunOn: 'Sunday' } })).toEqual({
      ok: false,
      problems: [
        'rhythm.runs must be a number from 0 up, got nothing',
        'rhythm.everyDays must be a number above 0, got 0',
        'rhythm.nextRunOn must be an ISO 8601 time, got "Sunday"',
      ],
    });
    expect(parseRecommendationRequest({ ...aRequest(), rhythm: 'weekly' })).toMatchObject({ ok: false });
  });

  test('rejects a size outside Lambda’s limits', () => {
    const parsed = parseRecommendationRequest(aRequest({ currentMemorySizeMb: 20_000 }));

    expect(parsed).toEqual({
      ok: false,
      problems: ['currentMemorySizeMb must be a number from 128 to 10240, got 20000'],
    });
  });

  const problemsOf = (fields: Record<string, unknown>): readonly string[] => {
    const parsed = parseRecommendationRequest({ ...aRequest(), ...fields });
    return parsed.ok ? [] : parsed.problems;
  };

  test.each([
    ['id', '', 'a non-empty string', '""'],
    ['functionName', 7, 'a non-empty string', '7'],
    ['architecture', 'mips', 'one of arm64, x86_64', '"mips"'],
    ['architecture', 64, 'one of arm64, x86_64', '64'],
    ['timeoutSeconds', 0, 'a number above 0', '0'],
    ['timeoutSeconds', '3', 'a number above 0', '"3"'],
    ['timeoutSeconds', Number.POSITIVE_INFINITY, 'a number above 0', 'null'],
    ['memoryLeakSuspected', 'yes', 'true or false', '"yes"'],
    ['requestsPerMonth', -1, 'a number from 0 up', '-1'],
    ['requestsPerMonth', '9', 'a number from 0 up', '"9"'],
    ['requestsPerMonth', Number.NaN, 'a number from 0 up', 'null'],
    ['balancedWeight', 1.1, 'a number from 0 to 1', '1.1'],
    ['balancedWeight', -0.1, 'a number from 0 to 1', '-0.1'],
    ['currentMemorySizeMb', 127, 'a number from 128 to 10240', '127'],
    ['bounds', 7, 'an object', '7'],
    ['bounds', [], 'an object', '[]'],
    ['observations', undefined, 'an array', 'nothing'],
    ['observations', {}, 'an array', '{}'],
    ['functionName', ['x'.repeat(80)], 'a non-empty string', `["${'x'.repeat(58)}…`],
  ])('says of %s %p that it must be %s', (field, value, expected, shown) => {
    expect(problemsOf({ [field]: value })).toEqual([`${field} must be ${expected}, got ${shown}`]);
  });

  test.each([
    { id: 7 },
    { balancedWeight: 0, memoryLeakSuspected: false, requestsPerMonth: 0 },
    { balancedWeight: 1, currentMemorySizeMb: 10_240 },
    { bounds: null, maxSlowdown: undefined },
    { bounds: { minMb: 256, maxMb: 256 } },
    { bounds: { minMb: null, maxMb: 256 } },
    { observations: [] },
    { observations: [{ ...anObservation(), observedAt: '2026-11-01T00:00:00Z', p95DurationMs: null }] },
  ])('takes %j', (fields) => {
    expect(problemsOf(fields)).toEqual([]);
  });

  test('names the field of a bound and of an observation', () => {
    expect(problemsOf({ bounds: { minMb: 0, maxMb: 'much' } })).toEqual([
      'bounds.minMb must be a number from 1 to 10240, got 0',
      'bounds.maxMb must be a number from 1 to 10240, got "much"',
    ]);
    for (const observedAt of ['yesterday', 7])
      expect(problemsOf({ observations: [anObservation(), { ...anObservation(), observedAt }] })).toEqual([
        `observations[1].observedAt must be an ISO 8601 time, got ${JSON.stringify(observedAt)}`,
      ]);
    expect(problemsOf({ observations: [{ ...anObservation(), meanDurationMs: Number.POSITIVE_INFINITY }] })).toEqual([
      'observations[0].meanDurationMs must be a number above 0, got null',
    ]);
  });

  test('leaves nulls out at every depth, and keeps the rest as it is', () => {
    const observations = [{ ...anObservation(), p95DurationMs: null, codeSha256: 'a' }];
    const parsed = parseRecommendationRequest({ ...aRequest(), bounds: { minMb: null, maxMb: 512 }, observations });
    expect(parsed).toEqual({
      ok: true,
      request: { ...aRequest(), bounds: { maxMb: 512 }, observations: [{ ...anObservation(), codeSha256: 'a' }] },
    });
  });

  test('says what it got instead of a request', () => {
    expect(parseRecommendationRequest(null)).toEqual({ ok: false, problems: ['request must be an object, got null'] });
    expect(parseRecommendationRequest([])).toEqual({ ok: false, problems: ['request must be an object, got []'] });
  });
});
