import { createOutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import { createLedger, createRemediations } from '../../../shared/clients/ledger/create-ledger.ts';
import { createDigestTopic } from '../../../shared/clients/sns/digest-topic.ts';
import { clock } from '../../../shared/clock.ts';
import { Env } from '../../../shared/constants.ts';
import { readEnvironment } from '../../../shared/env.ts';
import { taskHandler } from '../../../shared/observability/task-handler.ts';
import { recordRemediation } from './record-remediation.ts';

/** Last state of every remediation, whichever way it went. Event: RecordRemediationInput. */
const environment = readEnvironment([Env.ledgerTableName, Env.alarmTopicArn, Env.eventBusName]);
const dependencies = {
  remediations: createRemediations(environment[Env.ledgerTableName]),
  ledger: createLedger(environment[Env.ledgerTableName]),
  topic: createDigestTopic(environment[Env.alarmTopicArn]),
  events: createOutcomeEvents(environment[Env.eventBusName]),
  now: () => clock.now(),
};

export const handler = taskHandler((event) => recordRemediation(event, dependencies));
