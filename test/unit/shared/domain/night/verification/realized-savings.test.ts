import type { ChangeRecord, VerificationRecord } from '../../../../../../shared/contracts/ledger.ts';
import { realizedSavings } from '../../../../../../shared/domain/night/verification/realized-savings.ts';

const savings = (costUsdPerMonthBefore: number, requestsUsdPerMonth: number) =>
  ({
    before: { memorySizeMb: 1024, timeoutSeconds: 30 },
    after: { memorySizeMb: 512, timeoutSeconds: 30 },
    savings: { costUsdPerMonthBefore, requestsUsdPerMonth },
  }) as ChangeRecord;

const measured = (meanDurationMsBefore?: number, meanDurationMsAfter?: number) =>
  ({ meanDurationMsBefore, meanDurationMsAfter }) as VerificationRecord;

describe('realizedSavings', () => {
  it('scales what durations cost by memory times duration, and leaves the request fee out', () => {
    // Half the memory for a quarter more time is 62.5 % of 80 USD.
    expect(realizedSavings(savings(100, 20), measured(100, 125))).toBeCloseTo(30);
  });

  it('bills started milliseconds, as Lambda does', () => {
    expect(realizedSavings(savings(100, 0), measured(1.2, 2.1))).toBeCloseTo(25);
  });

  it('is negative where the change made things dearer', () => {
    expect(realizedSavings(savings(100, 0), measured(100, 300))).toBeCloseTo(-50);
  });

  it('is nothing where the request fee is all that a function costs', () => {
    expect(realizedSavings(savings(5, 6), measured(100, 100))).toBeCloseTo(0);
  });

  it('is unknown where production has no duration on either side', () => {
    expect(realizedSavings(savings(100, 0), measured(undefined, 100))).toBeUndefined();
    expect(realizedSavings(savings(100, 0), measured(100, undefined))).toBeUndefined();
  });
});
