import {
  ComputeOptimizerClient,
  GetEnrollmentStatusCommand,
  GetLambdaFunctionRecommendationsCommand,
  OptInRequiredException,
} from '@aws-sdk/client-compute-optimizer';
import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import {
  GetResourcesCommand,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ListExecutionsCommand,
  paginateListExecutions,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import type { StatesEngine } from '../../../../sandbox/account/states/states-service.ts';
import type { FunctionTelemetry } from '../../../../sandbox/account/telemetry.ts';
import { inAccount } from './in-account.ts';

/** A function that needs 1000 / √size ms and 100 MB; invoked as often as its name says. */
const telemetry: FunctionTelemetry = {
  metrics: (name) => {
    const invocations = Number(name.split('-')[1]);
    const column = (value: number) => Float64Array.of(value);
    return {
      invocations: column(invocations),
      errors: column(0),
      throttles: column(0),
      durationSumMs: column(invocations * 50),
      durationMaxMs: column(90),
      concurrencyMax: column(1),
      durationQuantileMs: () => column(50),
    };
  },
  insightsMemoryMb: () => undefined,
  expectedDurationMs: (_name, sizeMb) => 1000 / Math.sqrt(sizeMb),
  logs: (name) => ({
    format: 'Text',
    logGroupName: `/aws/lambda/${name}`,
    lines: 1,
    bytes: 1,
    rows: [
      {
        count: 1,
        durationMs: 50,
        billedDurationMs: 50,
        initDurationMs: undefined,
        memorySizeMb: 1024,
        maxMemoryUsedMb: 100,
        status: 'success',
      },
    ],
  }),
};

function withAdvice() {
  const setting = inAccount();
  setting.account.useTelemetry(telemetry);
  return { ...setting, optimizer: setting.client(ComputeOptimizerClient) };
}

describe('Compute Optimizer', () => {
  it('recommends a smaller size with bounds for an over-provisioned function', async () => {
    const { optimizer, run, account } = withAdvice();
    account.lambda.createFunction({ FunctionName: 'calls-5000', MemorySize: 1024 });
    const { lambdaFunctionRecommendations } = await run(() =>
      optimizer.send(new GetLambdaFunctionRecommendationsCommand({})),
    );
    const [found] = lambdaFunctionRecommendations!;
    expect(found).toMatchObject({
      finding: 'NotOptimized',
      findingReasonCodes: ['MemoryOverprovisioned'],
      currentMemorySize: 1024,
      numberOfInvocations: 5000,
    });
    expect(found!.utilizationMetrics).toContainEqual({ name: 'Memory', statistic: 'Maximum', value: 100 });
    const option = found!.memorySizeRecommendationOptions!.find(({ rank }) => rank === 1)!;
    expect(option.memorySize).toBeLessThan(1024);
    expect(option.memorySize).toBeGreaterThanOrEqual(130);
    const [lower, expected, upper] = option.projectedUtilizationMetrics!.map(({ value }) => value!);
    expect(lower).toBeLessThan(expected!);
    expect(upper).toBeGreaterThan(expected!);
    expect(expected).toBeGreaterThan(50);
  });

  it.each([
    ['calls-49', 1024, 'InsufficientData'],
    ['calls-5000', 1793, 'Inconclusive'],
  ])('says nothing about %s at %d MB', async (FunctionName, MemorySize, reason) => {
    const { optimizer, run, account } = withAdvice();
    account.lambda.createFunction({ FunctionName, MemorySize });
    const { lambdaFunctionRecommendations } = await run(() =>
      optimizer.send(new GetLambdaFunctionRecommendationsCommand({})),
    );
    expect(lambdaFunctionRecommendations![0]).toMatchObject({
      finding: 'Unavailable',
      findingReasonCodes: [reason],
      memorySizeRecommendationOptions: [],
    });
  });

  it('pages, filters by finding, and requires opting in', async () => {
    const { optimizer, run, account } = withAdvice();
    for (let index = 0; index < 3; index++)
      account.lambda.createFunction({ FunctionName: `f${index}-1000`, MemorySize: 1024 });
    await run(async () => {
      const first = await optimizer.send(new GetLambdaFunctionRecommendationsCommand({ maxResults: 2 }));
      const second = await optimizer.send(
        new GetLambdaFunctionRecommendationsCommand({ maxResults: 2, nextToken: first.nextToken }),
      );
      expect([first, second].map((page) => page.lambdaFunctionRecommendations!.length)).toEqual([2, 1]);
      expect(second.nextToken).toBeUndefined();
      const none = await optimizer.send(
        new GetLambdaFunctionRecommendationsCommand({ filters: [{ name: 'Finding', values: ['Optimized'] }] }),
      );
      expect(none.lambdaFunctionRecommendations).toEqual([]);
      account.computeOptimizer.isEnrolled = false;
      expect((await optimizer.send(new GetEnrollmentStatusCommand({}))).status).toBe('Inactive');
      await expect(optimizer.send(new GetLambdaFunctionRecommendationsCommand({}))).rejects.toBeInstanceOf(
        OptInRequiredException,
      );
    });
  });
});

describe('Resource Groups Tagging API', () => {
  it('pages through tagged functions and filters by tag', async () => {
    const { client, run, account } = inAccount();
    for (let index = 0; index < 130; index++) {
      account.lambda.createFunction(
        { FunctionName: `fn-${index}` },
        { tags: index % 2 === 0 ? { team: index < 10 ? 'a' : 'b' } : {} },
      );
    }
    const tagging = client(ResourceGroupsTaggingAPIClient);
    await run(async () => {
      const sizes: number[] = [];
      for await (const page of paginateGetResources(
        { client: tagging, pageSize: 50 },
        { ResourceTypeFilters: ['lambda:function'] },
      )) {
        sizes.push(page.ResourceTagMappingList!.length);
      }
      expect(sizes).toEqual([50, 15]);
      const input = { ResourceTypeFilters: ['lambda:function'], TagFilters: [{ Key: 'team', Values: ['a'] }] };
      expect((await tagging.send(new GetResourcesCommand(input))).ResourceTagMappingList).toHaveLength(5);
      await expect(tagging.send(new GetResourcesCommand({ ResourceTypeFilters: ['s3'] }))).rejects.toMatchObject({
        name: 'UnsupportedByAccountError',
      });
    });
  });
});

describe('Pricing', () => {
  it('gives the duration tiers of both architectures', async () => {
    const { client, run } = inAccount();
    const pricing = client(PricingClient, { region: 'us-east-1' });
    const tiers = async (group: string) => {
      const Filters = [
        { Type: 'TERM_MATCH' as const, Field: 'group', Value: group },
        { Type: 'TERM_MATCH' as const, Field: 'regionCode', Value: 'us-east-1' },
      ];
      const { PriceList } = await pricing.send(new GetProductsCommand({ ServiceCode: 'AWSLambda', Filters }));
      expect(PriceList).toHaveLength(1);
      const { terms } = JSON.parse(String(PriceList![0]));
      const [term] = Object.values(terms.OnDemand) as {
        priceDimensions: Record<string, { beginRange: string; pricePerUnit: { USD: string } }>;
      }[];
      return Object.values(term!.priceDimensions).map(({ beginRange, pricePerUnit }) => [
        Number(beginRange),
        Number(pricePerUnit.USD),
      ]);
    };
    await run(async () => {
      expect(await tiers('AWS-Lambda-Duration')).toEqual([
        [0, 0.0000166667],
        [6e9, 0.000015],
        [15e9, 0.0000133334],
      ]);
      expect(await tiers('AWS-Lambda-Duration-ARM')).toEqual([
        [0, 0.0000133334],
        [7.5e9, 0.0000120001],
        [18.75e9, 0.0000106667],
      ]);
    });
  });
});

describe('Step Functions', () => {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });

  function withEngine(engine: Partial<StatesEngine>) {
    const setting = inAccount();
    setting.account.states.use(engine as StatesEngine);
    return { ...setting, sfn: setting.client(SFNClient) };
  }

  it("hands calls to the engine and gives its errors as the SDK's", async () => {
    const { sfn, run } = withEngine({
      startExecution: ({ name }) => {
        if (name === 'taken') throw named('ExecutionAlreadyExists', 'taken');
        return { executionArn: 'arn:x', startDate: new Date(1_000) };
      },
      describeExecution: () => ({
        executionArn: 'arn:x',
        status: 'RUNNING',
        startDate: new Date(1_000),
        input: '{"startDate":5}',
      }),
      sendTaskSuccess: () => {
        throw named('TaskTimedOut', 'too late');
      },
    });
    await run(async () => {
      const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:night';
      expect((await sfn.send(new StartExecutionCommand({ stateMachineArn }))).startDate).toEqual(new Date(1_000));
      expect(await sfn.send(new DescribeExecutionCommand({ executionArn: 'arn:x' }))).toMatchObject({
        startDate: new Date(1_000),
        input: '{"startDate":5}',
      });
      await expect(sfn.send(new StartExecutionCommand({ stateMachineArn, name: 'taken' }))).rejects.toBeInstanceOf(
        ExecutionAlreadyExists,
      );
      await expect(sfn.send(new SendTaskSuccessCommand({ taskToken: 't', output: '{}' }))).rejects.toBeInstanceOf(
        TaskTimedOut,
      );
    });
  });

  it('pages through what the engine lists whole', async () => {
    const executions = Array.from({ length: 5 }, (_, index) => ({ name: `e${index}` }));
    const { sfn, run } = withEngine({ listExecutions: () => ({ executions }) });
    const names = await run(async () => {
      const found: string[] = [];
      for await (const page of paginateListExecutions({ client: sfn, pageSize: 2 }, { stateMachineArn: 'arn:x' })) {
        expect(page.executions!.length).toBeLessThanOrEqual(2);
        found.push(...page.executions!.map(({ name }) => name!));
      }
      return found;
    });
    expect(names).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
    await expect(
      run(() => sfn.send(new ListExecutionsCommand({ stateMachineArn: 'arn:x', nextToken: 'x' }))),
    ).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it("lets the engine's own defects through unchanged, and refuses calls without an engine", async () => {
    const broken = withEngine({
      describeExecution: () => {
        throw new TypeError('a defect');
      },
    });
    await expect(
      broken.run(() => broken.sfn.send(new DescribeExecutionCommand({ executionArn: 'x' }))),
    ).rejects.toBeInstanceOf(TypeError);
    const { client, run } = inAccount();
    await expect(
      run(() => client(SFNClient).send(new DescribeExecutionCommand({ executionArn: 'x' }))),
    ).rejects.toMatchObject({ name: 'UnsupportedByAccountError' });
  });
});
