import { VirtualClock } from '../../sandbox/clock/virtual-clock.ts';
import { InvalidDefinitionError, StepFunctionsEngine } from '../../sandbox/engine/index.ts';
import { type RejectionCase, rejectionCases } from './cases/rejections.ts';

function problemsOf({ definition, type }: RejectionCase): readonly string[] {
  const engine = new StepFunctionsEngine({ clock: new VirtualClock(0), runTask: async () => null });
  try {
    engine.createStateMachine({
      arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:M',
      name: 'M',
      definition: definition as string | object,
      type: type ?? 'STANDARD',
    });
  } catch (error) {
    if (error instanceof InvalidDefinitionError) return error.problems;
    throw error;
  }
  return [];
}

describe('the engine rejects', () => {
  test.each(rejectionCases.map((rejection) => [rejection.id, rejection] as const))('%s', (_id, rejection) => {
    const problems = problemsOf(rejection);
    const missing = rejection.problems.filter((expected) => !problems.some((problem) => problem.includes(expected)));
    const unexpected = problems.filter((problem) => !rejection.problems.some((expected) => problem.includes(expected)));
    expect({ missing, unexpected }).toEqual({ missing: [], unexpected: [] });
  });
});
