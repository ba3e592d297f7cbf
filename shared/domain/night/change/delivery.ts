import type { Assessment } from '../../../contracts/assessment.ts';
import type { Delivery } from '../../../contracts/outcome.ts';

/** Whether something keeps the function's configuration as code, and its next deployment would put its own size back. */
export const isKeptAsCode = ({ tool }: Assessment['owner']): boolean => tool !== 'unknown';

/** How an approved change of the function gets to it; `ownedFunctions` is the stage's setting. */
export const deliveryOf = (owner: Assessment['owner'], ownedFunctions: Delivery): Delivery =>
  isKeptAsCode(owner) ? ownedFunctions : 'apply';
