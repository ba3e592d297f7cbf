import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApp } from '../../infra/create-app.ts';
import { CDK_CONTEXT } from '../support/cdk-context.ts';
import { ACCEPTED_FINDINGS } from './accepted-findings.ts';
import { type Finding, judge } from './finding.ts';
import { cfnLint, checkov, installLinters, type WrittenTemplate } from './linters.ts';
import { variants } from './variants.ts';

/**
 * `npm run test:templates`: cfn-lint and checkov on the template of every variant. Exit code 1 where one of them finds
 * what accepted-findings.ts does not accept, or where something accepted is found no longer. Needs Python.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'rightsizer-templates-'));
mkdirSync(path.join(folder, 'templates'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

installLinters();
const templates = variants.flatMap(([variant, configuration]) => write(variant, configuration));
const found = (await Promise.all([cfnLint(templates), checkov(templates)])).flat();
const { findings, relics } = judge(found, ACCEPTED_FINDINGS);

for (const [finding, inVariants] of byVariants(findings)) say(`${finding}\n    in ${inVariants.join(', ')}`);
for (const { rule, where } of relics)
  say(`${rule} is accepted at ${where} and was found nowhere: take it off the list`);
say(
  `${templates.length} templates of ${variants.length} variants, ${found.length} findings, ${found.length - findings.length} accepted by ${ACCEPTED_FINDINGS.length} reasons`,
);
process.exitCode = findings.length === 0 && relics.length === 0 ? 0 : 1;

/** The stage's template, and that of the spokes where the variant has some. */
function write(
  variant: WrittenTemplate['variant'],
  configuration: Readonly<Record<string, unknown>>,
): WrittenTemplate[] {
  const { app } = createApp(new Date(), {
    builtinCloudFormationValidation: false,
    outdir: path.join(folder, 'assemblies', variant),
    // What is inside the bundles is no part of a template.
    context: {
      ...CDK_CONTEXT,
      rightsizer: { emails: ['approver@example.com'], ...configuration },
      'aws:cdk:bundling-stacks': [],
    },
  });
  return app.synth().stacksRecursively.map(({ stackName, template }) => {
    const file = path.join(folder, 'templates', `${variant}-${stackName}.json`);
    writeFileSync(file, JSON.stringify(template, null, 1));
    return { variant, file };
  });
}

/** The same finding of several variants is one line. */
function byVariants(all: readonly Finding[]): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const { rule, where, says, variant } of all) {
    const line = `${rule} ${where}: ${says}`;
    lines.set(line, [...(lines.get(line) ?? []), variant]);
  }
  return lines;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
