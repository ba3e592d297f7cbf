import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Template } from '../../../sandbox/deployment/template.ts';

/**
 * Freezes what a release deployed, so that a test can upgrade it without its history: `node test/support/upgrade/freeze-release.ts
 * <commit> <folder>`. Writes the night's tasks as one module (packages stay imports, so their present versions run) and
 * the template, without what the embedded deployment has no part in.
 */
const [commit, folder] = process.argv.slice(2);
if (commit === undefined || folder === undefined)
  throw new Error('usage: node test/support/upgrade/freeze-release.ts <commit> <folder>');

const ROOT = path.join(import.meta.dirname, '../../..');
const UNUSED_TYPES = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::Dashboard', 'AWS::CDK::Metadata'];

const checkout = mkdtempSync(path.join(tmpdir(), 'rightsizer-release-'));
try {
  const sources = execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 1e9 });
  execFileSync('tar', ['-x', '-C', checkout], { input: sources });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(checkout, 'node_modules'));
  const template = synthesized(await import(pathToFileURL(path.join(checkout, 'infra/create-app.ts')).href));
  freezeTemplate(template);
  await freezeTasks(template);
} finally {
  rmSync(checkout, { recursive: true });
}

function synthesized({ createApp }: typeof import('../../../infra/create-app.ts')): Template {
  const { app, stack } = createApp(new Date('2026-11-02T00:00:00Z'), {
    builtinCloudFormationValidation: false,
    context: {
      '@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2': true,
      'aws:cdk:bundling-stacks': [],
      rightsizer: { emails: ['approver@example.com'] },
    },
  });
  return app.synth().getStackByName(stack.stackName).template;
}

function freezeTemplate({ Resources, Outputs }: Template): void {
  const used = Object.entries(Resources).filter(([, { Type }]) => !UNUSED_TYPES.includes(Type));
  const lines = used.map(([id, resource]) => `${JSON.stringify(id)}: ${JSON.stringify(resource)}`);
  const text = `{"Resources": {\n${lines.join(',\n')}\n},\n"Outputs": ${JSON.stringify(Outputs)}}\n`;
  writeFileSync(path.join(folder!, 'template.json'), namedByCode(text, Resources));
}

/** Without bundling every release's code has the same hash, and so its versions would be those of the next. */
function namedByCode(text: string, resources: Template['Resources']): string {
  const versions = Object.keys(resources).filter((id) => resources[id]?.Type === 'AWS::Lambda::Version');
  return versions.reduce((named, id) => named.replaceAll(id, `${id}Of${commit}`), text);
}

/** The tasks of night and approval, which are all in one construct; a waiting night calls no other. */
async function freezeTasks({ Resources }: Template): Promise<void> {
  const lines = Object.entries(Resources).flatMap(([id, { Metadata }]) => {
    const task = Metadata?.['rightsizer:task'];
    return task !== undefined && id.startsWith('Tasks')
      ? [`  '${task}': () => import('./tasks/${task}/handler.ts'),`]
      : [];
  });
  await build({
    stdin: {
      contents: `export { registerClientPlugin } from './shared/clients/sdk.ts';
export { useClock } from './shared/clock.ts';
export const tasks = {\n${lines.join('\n')}\n};`,
      resolveDir: checkout,
    },
    ...{ bundle: true, platform: 'node', format: 'cjs', target: 'node22', packages: 'external' },
    ...{ minifyWhitespace: true, minifySyntax: true, lineLimit: 160 },
    outfile: path.join(folder!, 'tasks.cjs'),
  });
}
