import { analyzeFunction } from '../../../../shared/lambda-optimizer/index.ts';
import { configuredAccount } from '../../../support/configured-account.ts';

let scene: ReturnType<typeof configuredAccount>;
beforeEach(() => {
  scene = configuredAccount();
});
afterEach(() => scene.dispose());

const report = {
  count: 5_000,
  durationMs: 100,
  billedDurationMs: 100,
  initDurationMs: undefined,
  memorySizeMb: 1024,
  maxMemoryUsedMb: 256,
  status: 'success' as const,
};

describe('analyzeFunction', () => {
  it('tells duration, invocations and memory utilization, and recommends a size', async () => {
    const LastModified = '2026-01-01T00:00:00.000+0000';
    scene.addFunction('orders', {}, { invocationsPerHour: 100, concurrency: 2, reports: [report] });
    scene.account.lambda.functions.get('orders').configuration.LastModified = LastModified;
    const analysis = await scene.run(() => analyzeFunction({ functionName: 'orders', strategy: 'brief-rules' }));
    expect(analysis.metrics).toMatchObject({ invocations: 33_600, meanDurationMs: 100, maxDurationMs: 200 });
    expect(analysis.memoryUtilization).toBeCloseTo(0.25);
    // Under-used: a quarter less.
    expect(analysis.recommendation.recommendedMemorySizeMb).toBe(768);
  });

  it('knows no memory utilization without REPORT lines, and lowers nothing', async () => {
    scene.addFunction('orders', {}, { invocationsPerHour: 100, concurrency: 2 });
    const analysis = await scene.run(() => analyzeFunction({ functionName: 'orders' }));
    expect(analysis.memoryUtilization).toBeUndefined();
    expect(analysis.recommendation.recommendedMemorySizeMb).toBeGreaterThanOrEqual(1024);
  });

  it('asks for the one function, however many the account has', async () => {
    scene.addFunction('orders', {}, { invocationsPerHour: 100, concurrency: 2 });
    await scene.run(() => analyzeFunction({ functionName: 'orders' }));
    expect(scene.account.calls.get('Lambda.GetFunctionConfiguration')).toBe(1);
    expect(scene.account.calls.has('Lambda.ListFunctions')).toBe(false);
  });

  it('rejects a function that does not exist', async () => {
    await expect(scene.run(() => analyzeFunction({ functionName: 'nowhere' }))).rejects.toThrow('got nowhere');
  });
});
