import { ConfiguredRetryStrategy } from '@smithy/util-retry';
import { registerClientPlugin, type SdkClient } from '../../../../shared/clients/sdk.ts';

// Lambda sets these; the SDK wants them before a call gets as far as our answers.
process.env['AWS_REGION'] = 'eu-west-1';
process.env['AWS_ACCESS_KEY_ID'] = 'AKIATEST';
process.env['AWS_SECRET_ACCESS_KEY'] = 'test';

export interface RecordedCall {
  command: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into inputs of every command
  input: any;
}
type Answer = (input: RecordedCall['input'], nth: number) => object;

/**
 * Answers commands in place of AWS, at the same place in the SDK as the sandbox does, without retries. A command
 * without an answer fails.
 */
export function fakeAws(answers: Record<string, Answer>): { calls: RecordedCall[]; stop: () => void } {
  const calls: RecordedCall[] = [];
  const respond = (command: string, input: unknown): object => {
    const answer = answers[command];
    if (answer === undefined) throw new Error(`the test has no answer to ${command}`);
    const nth = calls.filter((call) => call.command === command).length;
    calls.push({ command, input });
    return answer(input, nth);
  };
  const stop = registerClientPlugin((client) => answerWith(client, respond));
  return { calls, stop };
}

function answerWith(client: SdkClient, respond: (command: string, input: unknown) => object): void {
  client.config.retryStrategy = async () => new ConfiguredRetryStrategy(1);
  client.middlewareStack.add(
    // biome-ignore lint/suspicious/noExplicitAny: middleware of every client
    (_next: any, context: any) => async (call: any) => ({
      response: { statusCode: 200, headers: {} },
      output: {
        $metadata: { httpStatusCode: 200 },
        ...respond(context.commandName.replace(/Command$/, ''), call.input),
      },
    }),
    { step: 'deserialize', priority: 'high', name: 'fakeAws', override: true },
  );
}

/** An error as the SDK throws it. */
export function awsError(name: string, fault: 'client' | 'server' = 'client', status = 400): Error {
  return Object.assign(new Error(`${name} said AWS`), { name, $fault: fault, $metadata: { httpStatusCode: status } });
}
