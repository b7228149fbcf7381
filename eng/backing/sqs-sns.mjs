// SQS and SNS for the embedded backing: the fauxqs emulator, on loopback only (its own command listens on every address).
//
//   node sqs-sns.mjs [port] [--until-stdin-closes]
//
// The port is the argument, else SQS_SNS_PORT, else 4566; 0 lets the system choose, and the line printed when ready names it.
// With --until-stdin-closes it also ends when whoever started it is gone, however that ended.

import { buildApp } from "fauxqs";
import { INVALID_MESSAGE_BODY_CHAR } from "./node_modules/fauxqs/dist/sqs/sqsTypes.js";

// SQS takes the characters beyond U+FFFF; fauxqs looks at their halves and refuses them. Can go with a version whose pattern has the flag u.
const invalid = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
INVALID_MESSAGE_BODY_CHAR.test = (body) => invalid.test(body);

const host = "127.0.0.1";
const [portArgument] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const port = parsePort(portArgument ?? process.env.SQS_SNS_PORT ?? "4566");
const app = buildApp({ logger: false, defaultRegion: process.env.AWS_REGION });

for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);
if (process.argv.includes("--until-stdin-closes")) process.stdin.on("end", stop).on("error", stop).resume();

try {
  console.log(`SQS and SNS ready on ${await app.listen({ port, host })}`);
} catch (error) {
  fail(error.code === "EADDRINUSE"
    ? `Port ${port} on ${host} is in use. Stop what listens there, or name another port: node sqs-sns.mjs <port>`
    : `Cannot listen on ${host}:${port}: ${error.message}`);
}

async function stop() {
  await app.close();
  process.exit(0);
}

function parsePort(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`'${text}' is not a port: a whole number from 0 to 65535`);
  return port;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
