import { TransientError } from '../../errors.ts';
import { isNamed } from '../aws-call.ts';
import type { SdkClient } from '../sdk.ts';

/**
 * What services say of a session that is over, or of a role that is gone: also of one that was deployed anew under the
 * same name, and of a region that its account has not enabled.
 */
const DEAD = ['ExpiredToken', 'ExpiredTokenException', 'InvalidClientTokenId', 'UnrecognizedClientException'];

/**
 * Has a client tell when its session is no good any more, and calls that end with passing trouble: the next one gets
 * another session, and where that is no good either, the trouble lasts and is told in AWS's words.
 */
export function tellingDeadSessions<Client extends SdkClient>(client: Client, forget: () => void): Client {
  client.middlewareStack.add(
    // biome-ignore lint/suspicious/noExplicitAny: middleware of every client
    (next: any, context: any) => async (call: any) => {
      try {
        return await next(call);
      } catch (error) {
        if (!isNamed(error, DEAD)) throw error;
        forget();
        const message = `${context.commandName}: the session is no good any more (${(error as Error).message})`;
        throw new TransientError(message, { cause: error });
      }
    },
    { step: 'initialize', name: 'tellDeadSession', override: true },
  );
  return client;
}
