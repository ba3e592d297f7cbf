import { AheadOfTurn } from '../../../../sandbox/deployment/ahead-of-turn.ts';
import { analyze } from '../../../../tasks/night/analyze/analyze.ts';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:analyze:1';
let ahead: AheadOfTurn;

beforeEach(() => {
  ahead = new AheadOfTurn(1, ['analyze']);
});

afterEach(() => ahead.dispose());

describe('AheadOfTurn', () => {
  it('fails as the handler fails in this thread, by name and message', async () => {
    const event = { item: 'nothing an analysis could begin with' };
    const here = (await analyze(event).catch((error: unknown) => error)) as Error;
    ahead.announce('analyze', event, ARN);
    await expect(ahead.take(event)).rejects.toMatchObject({ name: here.name, message: here.message });
  });

  it('gives back what no thread has begun yet', () => {
    const events = [{ at: 1 }, { at: 2 }, { at: 3 }];
    for (const event of events) ahead.announce('analyze', event, ARN);
    expect(events.map((event) => ahead.take(event) !== undefined)).toEqual([true, true, false]);
  });

  it('knows nothing of tasks that may not run early, nor of events it never heard of', () => {
    const event = {};
    ahead.announce('apply-change', event, ARN);
    expect(ahead.take(event)).toBeUndefined();
    expect(ahead.take({})).toBeUndefined();
  });
});
