import { App, Stack } from 'aws-cdk-lib';
import { CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { matchLogicalId } from '../../../../cli/patch/locate/cdk-logical-id.ts';

const properties = { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('//') };

/** The logical id that CDK itself gives a function at the end of a path of constructs. */
function logicalIdOf(...path: string[]): string {
  const stack = new Stack(new App(), 'Orders');
  const scope = path.slice(0, -1).reduce((parent: Construct, id) => new Construct(parent, id), stack);
  const made = new LambdaFunction(scope, path.at(-1)!, properties);
  return stack.getLogicalId(made.node.defaultChild as CfnFunction);
}

it.each([
  [['Api']],
  [['orders-api']],
  [['Orders', 'Api']],
  [['Orders', 'V1', 'Api']],
  [['OrdersApi', 'Api']],
  [['Default', 'Api']],
])('proves by the hash that %j made a logical id', (path) => {
  expect(matchLogicalId(path.at(-1)!, logicalIdOf(...path))).toBe('exact');
});

it('takes the readable part for a likeness where scopes have characters that the id drops', () => {
  expect(matchLogicalId('Api', logicalIdOf('orders-v1', 'Api'))).toBe('like');
});

it('knows the id of a bare resource', () => {
  const stack = new Stack(new App(), 'Orders');
  const bare = new CfnFunction(stack, 'Api', { code: {}, role: 'r' });
  expect(matchLogicalId('Api', stack.getLogicalId(bare))).toBe('exact');
});

it('takes no construct for another', () => {
  expect(matchLogicalId('Worker', logicalIdOf('Api'))).toBeUndefined();
});
