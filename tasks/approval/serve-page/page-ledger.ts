import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { makeClient } from '../../../shared/clients/sdk.ts';
import type { PageLedger } from './deps.ts';

/**
 * First try and seven more: up to 13 s of backoff, half of what API Gateway gives the page. Hundreds who open one link at
 * once are served one after the other, since a run's proposals lie in one partition of the table.
 */
const MAX_ATTEMPTS = 8;

/** The ledger as the page reads it: patient, because a person waits rather than tries again. */
export const createPageLedger = (tableName: string): PageLedger =>
  createLedger(tableName, makeClient(DynamoDBClient, { maxAttempts: MAX_ATTEMPTS }));
