import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { World } from '../../sandbox/demos/night/world.ts';
import { createClient } from '../../shared/clients/sdk.ts';

/** Longer than an update of a function takes. */
const UPDATE_MS = 10_000;

/**
 * Ways to break the deployed product on purpose, each of which some rule must notice: a rule that cannot fail proves
 * nothing. A task is replaced by one that does its work and then what it must not; the rest stays the product's.
 */
export const SABOTAGES = {
  /** What nobody answered is taken for approved. */
  'approves by itself': (world) => {
    after(world, 'expire-proposal', async (event, answer) => {
      await approveInLedger(world, event);
      return { ...answer, decision: 'approved', turnAt: new Date(world.clock.now()).toISOString() };
    });
  },
  /** What was written is not what was approved. */
  'writes another size': (world) => {
    after(world, 'apply-change', ({ functionName }) => {
      const { configuration } = world.account.lambda.functions.get(functionName);
      configuration.MemorySize = 3_008;
    });
  },
  /** An approved change is made, taken back, and made again. */
  'changes twice': (world) => {
    const { account, clock, deployment } = world;
    const sound = deployment.handlers.standIns.get('apply-change')!;
    deployment.handlers.standIns.set('apply-change', async (event, context) => {
      const { functionName: FunctionName } = event as ChangeInput;
      const sizeNow = () => account.lambda.functions.get(FunctionName).configuration;
      const { MemorySize: former, Timeout: formerTimeout } = sizeNow();
      const answer = await sound(event, context);
      const { MemorySize, Timeout } = sizeNow();
      const sizes = [
        { MemorySize: former, Timeout: formerTimeout },
        { MemorySize, Timeout },
      ];
      for (const size of sizes) {
        await createClient(LambdaClient).send(new UpdateFunctionConfigurationCommand({ FunctionName, ...size }));
        await clock.sleep(UPDATE_MS);
      }
      return answer;
    });
  },
  /** A decision is on the stream, and nobody takes it to its execution. */
  'forgets decisions': (world) => {
    world.deployment.handlers.standIns.set('deliver-decision', async () => ({ batchItemFailures: [] }));
    world.deployment.handlers.standIns.set('expire-proposal', async () => ({
      schemaVersion: 1,
      decision: 'expired',
      decidedBy: 'nobody',
    }));
  },
  /** A function is missing from the report. */
  'drops a function': (world) => {
    editReport(world, (report) => report['assessed'].splice(0, 1));
  },
  /** A count is wrong by one. */
  miscounts: (world) => {
    editReport(world, (report) => {
      report['counts']['proposed'] += 1;
    });
  },
  /** A token stands in the log. */
  'logs a token': (world) => {
    after(world, 'request-approval', ({ taskToken }) => {
      process.stdout.write(`waiting with ${taskToken}\n`);
    });
  },
  /** A permission is missing, and the product goes on without it. */
  'lacks a grant': (world) => {
    after(world, 'analyze', () => {
      world.account.iam.refusals.add('User: night is not authorized to perform: s3:GetObject');
    });
  },
  /** A function stays closed after its change is over. */
  'leaves a function closed': (world) => {
    after(world, 'record-outcome', async ({ functionName, runId }) => {
      const open = { kind: 'change', runId, since: new Date(world.clock.now()).toISOString() };
      await write(world, { pk: `FUNCTION#${functionName}`, sk: 'STATE' }, { open });
    });
  },
} satisfies Record<string, (world: World) => void>;

export interface ChangeInput {
  runId: string;
  functionName: string;
  taskToken?: string;
}

type Answer = Record<string, unknown>;

/** Lets the task do its work, and then what it must not; what that answers is answered in the task's place. */
export function after(
  { deployment }: World,
  task: string,
  harm: (event: ChangeInput, answer: Answer) => Answer | undefined | Promise<Answer | undefined>,
): void {
  const { standIns } = deployment.handlers;
  const sound = standIns.get(task)!;
  standIns.set(task, async (event, context) => {
    const answer = (await sound(event, context)) as Answer;
    return (await harm(event as ChangeInput, answer)) ?? answer;
  });
}

// biome-ignore lint/suspicious/noExplicitAny: a report is broken here, whatever its shape
export type AnyReport = Record<string, any>;

export function editReport({ account, deployment }: World, edit: (report: AnyReport) => void): void {
  const { standIns } = deployment.handlers;
  const sound = standIns.get('summarize-run')!;
  standIns.set('summarize-run', async (event, context) => {
    const summary = (await sound(event, context)) as { reportKey: string };
    const report = JSON.parse(account.s3.read(deployment.bucketName, summary.reportKey)) as AnyReport;
    edit(report);
    account.s3.write(deployment.bucketName, summary.reportKey, JSON.stringify(report));
    return summary;
  });
}

function approveInLedger(world: World, { runId, functionName }: ChangeInput): Promise<void> {
  const decision = { decision: 'approved', by: { kind: 'link-holder', name: 'nobody' }, at: new Date(0).toISOString() };
  return write(world, { pk: `RUN#${runId}`, sk: `PROPOSAL#${functionName}` }, { status: 'approved', decision });
}

/** Straight into the table, past the product. */
async function write({ deployment }: World, Key: { pk: string; sk: string }, fields: Answer): Promise<void> {
  const names = Object.keys(fields);
  await DynamoDBDocumentClient.from(createClient(DynamoDBClient)).send(
    new UpdateCommand({
      TableName: deployment.tableName,
      Key,
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, fields[name]])),
    }),
  );
}
