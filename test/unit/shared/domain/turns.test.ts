import { turnLengthMs } from '../../../../shared/domain/turns.ts';

describe('the length of a turn', () => {
  const target = { alias: 'live', version: '7' } as never;

  it.each([
    // 15 calls a second, of which half is ours: three quarters of that for the night, a quarter for incidents.
    ['one call of the night', { lane: 'night', controlPlaneShare: 0.5 }, 178],
    ['one call of an incident', { lane: 'remediation', controlPlaneShare: 0.5 }, 534],
    ['four calls of a shift', { lane: 'night', controlPlaneShare: 0.5, target }, 712],
    ['a smaller share', { lane: 'night', controlPlaneShare: 0.1 }, 889],
  ] as const)('is as long as our share of the calls lets %s take', (_, pace, lengthMs) => {
    expect(turnLengthMs(pace)).toBe(lengthMs);
  });

  it('keeps both lanes at full pace within the share', () => {
    const perSecond = (lane: 'night' | 'remediation') => 1_000 / turnLengthMs({ lane, controlPlaneShare: 0.4 });
    expect(perSecond('night') + perSecond('remediation')).toBeLessThanOrEqual(15 * 0.4);
  });
});
