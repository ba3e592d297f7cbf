import { TASK_METADATA } from '../../infra/constructs/task-function.ts';
import { synthesizeStack } from '../../sandbox/demos/night/synthesize-stack.ts';
import { resourcesOfType } from '../../sandbox/deployment/template.ts';

/** What a task's function is deployed with. */
export interface TaskSettings {
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
}

/** A fixed date: nothing here depends on it. */
const NOW = new Date('2026-11-02T00:00:00Z');

/** Of every task, as synthesized. */
export function memorySettingsOf(): ReadonlyMap<string, TaskSettings> {
  const { template } = synthesizeStack({ emails: ['approver@example.com'] }, NOW);
  return new Map(
    resourcesOfType(template, 'AWS::Lambda::Function').flatMap(([, { Metadata, Properties }]) => {
      const task = Metadata?.[TASK_METADATA];
      if (typeof task !== 'string') return [];
      const settings = {
        memorySizeMb: Number(Properties?.['MemorySize']),
        timeoutSeconds: Number(Properties?.['Timeout']),
      };
      return [[task, settings]];
    }),
  );
}
