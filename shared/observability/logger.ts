import { Logger } from '@aws-lambda-powertools/logger';

/** One logger for the process; identifiers and outcomes only, never whole events, task tokens or link ids. */
export const logger = new Logger();
