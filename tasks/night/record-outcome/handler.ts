import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { parseCoolDownSettings } from '../../../shared/contracts/settings.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { recordOutcome } from './record-outcome.ts';

/** Last state of every change. Event: RecordOutcomeInput; answers ChangedOutcome. */
const environment = readEnvironment([Env.ledgerTableName, Env.runSettings]);
const dependencies = {
  ledger: createLedger(environment[Env.ledgerTableName]),
  coolDownDays: parseCoolDownSettings(environment[Env.runSettings]).coolDownDays,
  now: () => clock.now(),
};

export const handler = taskHandler((event) => recordOutcome(event, dependencies));
