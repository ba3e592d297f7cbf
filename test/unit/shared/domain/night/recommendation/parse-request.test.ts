import { parseRecommendationRequest } from '../../../../../../shared/domain/night/recommendation/parse-request.ts';
import { STRATEGIES } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { aRequest } from './requests.ts';

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

  test('rejects a size outside Lambda’s limits', () => {
    const parsed = parseRecommendationRequest(aRequest({ currentMemorySizeMb: 20_000 }));

    expect(parsed).toEqual({
      ok: false,
      problems: ['currentMemorySizeMb must be a number from 128 to 10240, got 20000'],
    });
  });
});
