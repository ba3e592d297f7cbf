import { EventBridgeClient, ListRulesCommand, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  SFNClient,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';

/** An execution that a rule of the deployed stack started in the emulator. */
export interface StartedByRule {
  stateMachineArn: string;
  name: string;
  input: string;
}

const NOTHING = JSON.stringify({ StartAt: 'Carried', States: { Carried: { Type: 'Succeed' } } });

/**
 * From here on the emulator's executions only carry their input: its engine would run the tasks as well, and each of them
 * would happen twice.
 */
export async function letEmulatorOnlyCarry(): Promise<void> {
  const states = new SFNClient({});
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand({}));
  for (const { stateMachineArn } of stateMachines)
    await states.send(new UpdateStateMachineCommand({ stateMachineArn, definition: NOTHING }));
}

/** What stands for `aws.` in the sources of events that only AWS itself may put, where somebody else has to. */
const STAND_IN = 'emulated.';

/**
 * The bus refuses events of AWS's own sources from anybody, as AWS's does, and the emulator's CloudWatch puts none: the
 * deployed rules listen to another source instead. The rest of their patterns, and their targets, stay as deployed.
 */
export async function listenToStandIn(source: string): Promise<number> {
  const bus = new EventBridgeClient({});
  const { Rules = [] } = await bus.send(new ListRulesCommand({}));
  const listening = Rules.filter(({ EventPattern = '' }) => EventPattern.includes(`"${source}"`));
  for (const { Name, Description, EventPattern = '' } of listening) {
    const pattern = EventPattern.replace(`"${source}"`, `"${standIn(source)}"`);
    await bus.send(new PutRuleCommand({ Name, Description, EventPattern: pattern, State: 'ENABLED' }));
  }
  return listening.length;
}

const standIn = (source: string): string => source.replace(/^aws\./, STAND_IN);

export async function putEvent(source: string, detailType: string, detail: object, at: Date): Promise<void> {
  const entry = { Source: standIn(source), DetailType: detailType, Detail: JSON.stringify(detail), Time: at };
  const { FailedEntryCount, Entries } = await new EventBridgeClient({}).send(
    new PutEventsCommand({ Entries: [entry] }),
  );
  if (FailedEntryCount) throw new Error(`the bus refused ${detailType}: ${JSON.stringify(Entries)}`);
}

/** What rules started of a state machine so far, oldest first. */
export async function startedByRules(stateMachineArn: string): Promise<StartedByRule[]> {
  const states = new SFNClient({});
  const { executions = [] } = await states.send(new ListExecutionsCommand({ stateMachineArn }));
  const described = executions.map(async ({ executionArn, name = '' }) => {
    const { input = '{}' } = await states.send(new DescribeExecutionCommand({ executionArn }));
    return { stateMachineArn, name, input: input.replaceAll(`"${STAND_IN}`, '"aws.') };
  });
  return (await Promise.all(described)).toReversed();
}
