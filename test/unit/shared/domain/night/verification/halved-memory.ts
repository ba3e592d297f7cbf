import type {
  VerificationCase,
  WindowMetrics,
} from '../../../../../../shared/domain/night/verification/judge-change.ts';

/** Hours of a busy function that lacks nothing. */
export const busyWindow = (overrides: Partial<WindowMetrics> = {}): WindowMetrics => ({
  invocations: 5_000,
  errors: 0,
  throttles: 0,
  meanDurationMs: 100,
  p95DurationMs: 200,
  ...overrides,
});

/** A change that halves the memory, under the default policy. */
export const HALVED: Omit<VerificationCase, 'before' | 'after'> = {
  configurationBefore: { memorySizeMb: 1024, timeoutSeconds: 30 },
  configurationAfter: { memorySizeMb: 512, timeoutSeconds: 30 },
  maxSlowdown: 0.1,
  approvedSlowdown: 1,
  minimumInvocations: 50,
};
