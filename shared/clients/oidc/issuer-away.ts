import { TransientError } from '../../errors.ts';

/**
 * The issuer did not answer in time, answered what is no protocol, or publishes what must not be used. Carries no
 * `cause`: the library keeps whole answers in it, and they would end in the log.
 */
export class IssuerAwayError extends TransientError {}
