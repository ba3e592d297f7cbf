import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from './finding.ts';
import type { VariantName } from './variants.ts';

/** The releases whose findings accepted-findings.ts was written against. */
const PACKAGES = ['cfn-lint==1.58.0', 'checkov==3.3.30'];
const VENV = path.join(import.meta.dirname, '../../.ci/venv-templates');
/** What both print for every variant is several megabytes of JSON. */
const MAX_OUTPUT_BYTES = 200_000_000;
const run = promisify(execFile);

/** A synthesized variant on disk. */
export interface WrittenTemplate {
  variant: VariantName;
  file: string;
}

/** Makes the virtual environment in `.ci` where there is none yet, or where it holds other releases. */
export function installLinters(): void {
  const marker = path.join(VENV, 'packages.txt');
  if (existsSync(marker) && readFileSync(marker, 'utf8') === PACKAGES.join('\n')) return;
  process.stdout.write(`installing ${PACKAGES.join(', ')} in ${VENV}\n`);
  execFileSync('python3', ['-m', 'venv', VENV]);
  const quietly = ['install', '--quiet', '--disable-pip-version-check'];
  execFileSync(path.join(VENV, 'bin/pip'), [...quietly, ...PACKAGES], { stdio: 'inherit' });
  writeFileSync(marker, PACKAGES.join('\n'));
}

interface CfnLintMatch {
  Filename: string;
  Message: string;
  Rule: { Id: string };
  Location: { Path: (string | number)[] | null };
}

/** What cfn-lint says: whether CloudFormation would take the templates. */
export async function cfnLint(templates: readonly WrittenTemplate[]): Promise<Finding[]> {
  const files = templates.flatMap(({ file }) => ['-t', file]);
  const matches = await askLinter<CfnLintMatch[]>('cfn-lint', [
    '--format',
    'json',
    '--non-zero-exit-code',
    'none',
    ...files,
  ]);
  return matches.map(({ Filename: file, Message: says, Rule: { Id: rule }, Location: { Path: place } }) => {
    const template = templates.find((each) => each.file === file);
    if (template === undefined) throw new Error(`cfn-lint tells of ${file}, which is none of the templates`);
    return { variant: template.variant, rule, where: whereOf(template.file, place ?? []), says };
  });
}

interface CheckovReport {
  summary: { parsing_errors: number };
  results: { failed_checks: { check_id: string; check_name: string; resource: string; file_path: string }[] };
}

/** What checkov says: whether they are good practice. It takes one folder, so all of them stand in the same. */
export async function checkov(templates: readonly WrittenTemplate[]): Promise<Finding[]> {
  const folder = path.dirname(templates[0]!.file);
  const options = [
    '-d',
    folder,
    '--framework',
    'cloudformation',
    '--quiet',
    '--compact',
    '--soft-fail',
    '--skip-download',
    '-o',
    'json',
  ];
  const { results, summary } = await askLinter<CheckovReport>('checkov', options);
  if (summary.parsing_errors > 0) throw new Error(`checkov cannot read ${summary.parsing_errors} of the templates`);
  return results.failed_checks.map(({ check_id: rule, check_name: says, resource, file_path: file }) => {
    const template = templates.find((each) => path.basename(each.file) === path.basename(file));
    if (template === undefined) throw new Error(`checkov tells of ${file}, which is none of the templates`);
    const at = resource.lastIndexOf('.');
    return { variant: template.variant, rule, where: `${resource.slice(0, at)} ${resource.slice(at + 1)}`, says };
  });
}

async function askLinter<T>(command: string, options: readonly string[]): Promise<T> {
  const { stdout } = await run(path.join(VENV, 'bin', command), options, { maxBuffer: MAX_OUTPUT_BYTES });
  return JSON.parse(stdout) as T;
}

/** A resource's type and id, or the template's section. */
function whereOf(file: string, [section = '', logicalId = '']: readonly (string | number)[]): string {
  if (section !== 'Resources') return String(section);
  const { Resources: resources } = JSON.parse(readFileSync(file, 'utf8')) as {
    Resources: Record<string, { Type: string }>;
  };
  return `${resources[logicalId]?.Type} ${logicalId}`;
}
