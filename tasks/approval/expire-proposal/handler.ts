import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { Env } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { expireProposal } from './expire-proposal.ts';

/** Called when the approval wait has timed out. Event: a ChangeTaskInput; answers ApprovalOutput. */
const environment = readEnvironment([Env.ledgerTableName]);
const ledger = createLedger(environment[Env.ledgerTableName]);

export const handler = taskHandler((event) => expireProposal(event, ledger));
