import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parsePaceSettings } from '../../../shared/contracts/settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { expireProposal } from './expire-proposal.ts';

/** Called when the approval wait has timed out. Event: a ChangeTaskInput; answers ApprovalOutput. */
const environment = readEnvironment([Env.ledgerTableName, Env.runSettings]);
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  controlPlaneShare: parsePaceSettings(environment[Env.runSettings]).controlPlaneShare,
  now: () => clock.now(),
};

export const handler = taskHandler((event) => expireProposal(event, dependencies));
