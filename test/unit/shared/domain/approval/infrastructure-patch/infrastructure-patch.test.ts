import { infrastructurePatch } from '../../../../../../shared/domain/approval/infrastructure-patch/infrastructure-patch.ts';

const change = {
  functionName: 'orders-resize',
  before: { memorySizeMb: 1024, timeoutSeconds: 30 },
  after: { memorySizeMb: 512, timeoutSeconds: 30 },
};
const withTimeout = { ...change, after: { memorySizeMb: 512, timeoutSeconds: 60 } };
const owner = { stackName: 'orders-prod', logicalId: 'ResizeA1B2' };

describe('infrastructure patch', () => {
  it('changes properties of the construct in CDK', () => {
    const patch = infrastructurePatch({ tool: 'cdk', ...owner }, withTimeout)!;
    expect(patch.where).toContain('stack orders-prod, logical id ResizeA1B2');
    expect(patch.text).toBe(
      [
        ' // orders-resize',
        " new Function(this, '...', {",
        '-   memorySize: 1024,',
        '+   memorySize: 512,',
        '-   timeout: Duration.seconds(30),',
        '+   timeout: Duration.seconds(60),',
        ' });',
      ].join('\n'),
    );
  });

  it.each([
    ['sam', 'AWS::Serverless::Function'],
    ['cloudformation', 'AWS::Lambda::Function'],
  ])('changes the resource of its type in a template of %s', (tool, type) => {
    expect(infrastructurePatch({ tool, ...owner }, change)!.text).toBe(
      [
        ' Resources:',
        '   ResizeA1B2:',
        `     Type: ${type}`,
        '     Properties:',
        '-      MemorySize: 1024',
        '+      MemorySize: 512',
      ].join('\n'),
    );
  });

  it('changes the resource in Terraform and quotes the name', () => {
    expect(infrastructurePatch({ tool: 'terraform' }, withTimeout)!.text).toBe(
      [
        ' resource "aws_lambda_function" "..." {',
        '   function_name = "orders-resize"',
        '-  memory_size   = 1024',
        '+  memory_size   = 512',
        '-  timeout       = 30',
        '+  timeout       = 60',
        ' }',
      ].join('\n'),
    );
  });

  it('leaves out what does not change', () => {
    expect(infrastructurePatch({ tool: 'cdk', ...owner }, change)!.text).not.toContain('timeout');
  });

  it.each(['unknown', 'serverless-framework', ''])('offers none for owner %j', (tool) => {
    expect(infrastructurePatch({ tool }, change)).toBeUndefined();
  });

  it('offers none where nothing changes', () => {
    expect(infrastructurePatch({ tool: 'cdk' }, { ...change, after: change.before })).toBeUndefined();
  });

  it('keeps tags from starting lines of their own', () => {
    const patch = infrastructurePatch({ tool: 'sam', logicalId: 'A\n+    Role: admin', stackName: 'b\r\nc' }, change)!;
    expect(patch.text.split('\n').filter((line) => line.startsWith('+'))).toEqual(['+      MemorySize: 512']);
    expect(patch.where).not.toMatch(/[\r\n]/);
  });

  it('says where the lines are, as far as is known', () => {
    const where = (patched: Parameters<typeof infrastructurePatch>[0]) => infrastructurePatch(patched, change)!.where;
    const inConstruct = "In the properties of the function's construct";
    expect(where({ tool: 'cdk', ...owner })).toBe(`${inConstruct} (stack orders-prod, logical id ResizeA1B2).`);
    expect(where({ tool: 'cdk' })).toBe(`${inConstruct} (its stack).`);
    expect(where({ tool: 'sam', ...owner })).toBe('In the template of stack orders-prod.');
    expect(where({ tool: 'terraform' })).toBe(
      "In the function's aws_lambda_function resource; otherwise the next apply puts the old values back.",
    );
    expect(infrastructurePatch({ tool: 'sam' }, withTimeout)!.text.split('\n')).toEqual([
      ...[' Resources:', '   # orders-resize:', '     Type: AWS::Serverless::Function', '     Properties:'],
      ...['-      MemorySize: 1024', '+      MemorySize: 512', '-      Timeout: 30', '+      Timeout: 60'],
    ]);
    for (const tool of ['cdk', 'sam', 'cloudformation', 'terraform'])
      expect(infrastructurePatch({ tool }, change)!.tool).toBe(tool);
  });

  it('changes a timeout alone', () => {
    const onlyTimeout = { ...change, after: { memorySizeMb: 1024, timeoutSeconds: 60 } };
    const lines = infrastructurePatch({ tool: 'terraform' }, onlyTimeout)!.text.split('\n');
    expect(lines.filter((line) => /^[+-]/.test(line))).toEqual(['-  timeout       = 30', '+  timeout       = 60']);
  });

  it('puts a space where a name had lines, and none at its ends', () => {
    const named = { ...change, functionName: ' a\u2028\n\tb ' };
    expect(infrastructurePatch({ tool: 'cdk' }, named)!.text.split('\n')[0]).toBe(' // a b');
  });
});
