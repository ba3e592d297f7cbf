import { LambdaClient, PublishVersionCommand } from '@aws-sdk/client-lambda';
import type { LiveFunction } from '../../domain/night/change/live-function.ts';
import { UpdateInProgressError } from '../../errors.ts';
import { callAws } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { refusalOf } from './function-configuration.ts';

export interface PublishedVersion {
  version: string;
  memorySizeMb: number;
  timeoutSeconds: number;
  codeSha256: string;
}

export interface VersionPublisher {
  /**
   * Freezes `$LATEST` as a version, if code and revision still are what was read. Where nothing changed since the last
   * version Lambda makes no new one and answers with that, so that a second try does no harm.
   *
   * @throws UpdateInProgressError when `$LATEST` changed in between
   */
  publish(functionName: string, live: Pick<LiveFunction, 'codeSha256' | 'revisionId'>): Promise<PublishedVersion>;
}

export function createVersionPublisher(clients: PlaceClients = HERE): VersionPublisher {
  return {
    publish: async (functionName, { codeSha256, revisionId }) => {
      const lambda = clients.of(LambdaClient, functionName);
      const command = new PublishVersionCommand({
        FunctionName: functionName,
        CodeSha256: codeSha256,
        RevisionId: revisionId,
      });
      try {
        const answer = await callAws('lambda:PublishVersion', () => lambda.send(command));
        return {
          version: answer.Version ?? '',
          memorySizeMb: answer.MemorySize ?? 0,
          timeoutSeconds: answer.Timeout ?? 0,
          codeSha256: answer.CodeSha256 ?? '',
        };
      } catch (error) {
        if (refusalOf(error) === undefined) throw error;
        const message = `no version of ${functionName} was published (${(error as Error).message})`;
        throw new UpdateInProgressError(message, { cause: error });
      }
    },
  };
}
