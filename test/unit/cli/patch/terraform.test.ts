import { patchSources } from '../../../../cli/patch/patch-sources.ts';
import { patchedText, sourceFile, textOrRefusals, wanted, wantedTimeout } from './patching.ts';

const MAIN = `# é😀 characters beyond one unit
resource "aws_lambda_function" "api" {
  function_name = "orders-api"
  memory_size   = 1024 # megabytes
  timeout       = var.timeout
  environment {
    variables = { memory_size = 1 }
  }
}

module "worker" {
  source        = "terraform-aws-modules/lambda/aws"
  function_name = "orders-worker"
  memory_size   = "1024"
}

resource "aws_lambda_function" "staged" {
  function_name = "orders-\${var.stage}-report"
  memory_size   = local.memory
}

resource "aws_lambda_function" "dark" {
  function_name = var.function_name
}
variable "timeout" {}
locals {
  other  = 1
  memory = 1024
}
`;

it('overwrites a number and nothing else', async () => {
  expect(await patchedText('main.tf', MAIN, wanted())).toBe(MAIN.replace('1024 #', '512 #'));
});

it('overwrites what a module is given', async () => {
  expect(await patchedText('main.tf', MAIN, wanted({ functionName: 'orders-worker' }))).toBe(
    MAIN.replace('"1024"', '"512"'),
  );
});

it('refuses variables and local values with their lines', async () => {
  expect(await patchedText('main.tf', MAIN, wantedTimeout(60))).toEqual([
    'main.tf:5: timeout is var.timeout, a variable: change its value where it is set (declared at main.tf:25)',
  ]);
  expect(await patchedText('main.tf', MAIN, wanted({ functionName: 'orders-prod-report' }))).toEqual([
    'main.tf:19: memory_size is local.memory, a local value: change it where it is set (declared at main.tf:28)',
  ]);
});

it('names the places whose function name is computed where nothing fits', async () => {
  expect(await patchedText('main.tf', MAIN, wanted({ functionName: 'billing' }))).toEqual([
    'no definition of it was found; its name may be computed at main.tf:22',
  ]);
});

it('adds an argument that a resource does not have, and none to a module', async () => {
  const bare = 'resource "aws_lambda_function" "a" {\n  function_name = "orders-api"\n}\n';
  expect(await patchedText('main.tf', bare, wanted())).toBe(
    bare.replace('  function_name', '  memory_size = 512\n  function_name'),
  );
  const call = 'module "a" {\n  function_name = "orders-api"\n}\n';
  expect(await patchedText('main.tf', call, wanted())).toEqual([
    'main.tf:1: the module is not given memory_size, and may not take it',
  ]);
});

it('refuses what stands for several functions', async () => {
  const each =
    'resource "aws_lambda_function" "a" {\n  for_each = toset(["api"])\n  function_name = "orders-${each.key}"\n  memory_size = 1024\n}\n';
  expect(await patchedText('main.tf', each, wanted())).toEqual([
    'main.tf:1 defines it, but for_each makes several functions of it',
  ]);
});

it('refuses a module of our own that is called more than once, naming the calls', async () => {
  const inner =
    'resource "aws_lambda_function" "a" {\n  function_name = "${var.prefix}-api"\n  memory_size = 1024\n}\n';
  const calls = 'module "a" {\n  source = "./modules/function"\n}\nmodule "b" {\n  source = "./modules/function/"\n}\n';
  const files = [sourceFile('infra/main.tf', calls), sourceFile('infra/modules/function/main.tf', inner)];
  expect(textOrRefusals(await patchSources([wanted()], files), '')).toEqual([
    'infra/modules/function/main.tf:1 defines it, but what it is in is used 2 times: infra/main.tf:2, infra/main.tf:5',
  ]);
  const once = [sourceFile('infra/main.tf', calls.split('module "b"')[0]!), files[1]!];
  expect(textOrRefusals(await patchSources([wanted()], once), '')).toBe(inner.replace('1024', '512'));
});

it('refuses a block that does not parse', async () => {
  const broken = 'resource "aws_lambda_function" "a" {\n  function_name = "orders-api"\n  memory_size = = 1024\n}\n';
  expect(await patchedText('main.tf', broken, wanted())).toEqual([expect.stringMatching(/main\.tf:\d/)]);
});

it('reads a name from a local value, in the same file or beside it', async () => {
  const main = 'resource "aws_lambda_function" "a" {\n  function_name = local.name\n  memory_size = 1024\n}\n';
  const locals = 'locals {\n  name = "orders-api"\n}\n';
  expect(await patchedText('main.tf', main + locals, wanted())).toBe(main.replace('1024', '512') + locals);
  const files = (folder: string) => [sourceFile('a/main.tf', main), sourceFile(`${folder}/locals.tf`, locals)];
  expect(textOrRefusals(await patchSources([wanted()], files('a')), '')).toBe(main.replace('1024', '512'));
  expect(textOrRefusals(await patchSources([wanted()], files('b')), '')).toEqual([
    expect.stringMatching(/^no definition of it was found/),
  ]);
});
