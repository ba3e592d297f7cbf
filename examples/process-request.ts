import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

/** What a student asks. */
export interface StudyQuery {
  readonly userId: string;
  readonly query: string;
}

export interface StudyAnswer {
  readonly query: string;
  readonly answer: string;
  /** `notes` when a note answered, `none` when there is no note on it. */
  readonly source: 'notes' | 'none';
}

/** Answers a student's question from the notes table (keys `userId` and `topic`, text in `note`). */
export async function processRequest(event: StudyQuery, dynamoDB: DynamoDBDocumentClient): Promise<StudyAnswer> {
  const { Item } = await dynamoDB.send(
    new GetCommand({
      TableName: process.env['NOTES_TABLE_NAME'],
      Key: { userId: event.userId, topic: event.query },
    }),
  );
  const note: unknown = Item?.['note'];
  if (typeof note !== 'string') return { query: event.query, answer: 'There is no note on this yet.', source: 'none' };
  return { query: event.query, answer: note, source: 'notes' };
}
