import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { requestApproval } from './request-approval.ts';

/** Called with a task token by the state that waits for a person. Event: a ChangeTaskInput and `taskToken`. */
const environment = readEnvironment([Env.ledgerTableName]);
const ledger = createLedger(environment[Env.ledgerTableName]);

export const handler = taskHandler((event) => requestApproval(event, ledger, clock.now()));
