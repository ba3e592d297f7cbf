declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** DynamoDB's wire protocol on an HTTP server; tables become active after the times given. */
  export default function dynalite(options: { createTableMs: number; updateTableMs: number }): Server;
}
