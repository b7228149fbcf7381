// DynamoDB for the embedded backing: the dynalite emulator in memory, on loopback only.
//
//   node dynamodb.mjs [port] [--until-stdin-closes]
//
// The port is the argument, else DYNAMODB_PORT, else 8000; 0 lets the system choose, and the line printed when ready names it.
// With --until-stdin-closes it also ends when whoever started it is gone, however that ended.

import dynalite from "dynalite";

const host = "127.0.0.1";
const [portArgument] = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const port = parsePort(portArgument ?? process.env.DYNAMODB_PORT ?? "8000");
// A table is there at once: the emulator's own pause only imitates Amazon's.
const server = dynalite({ createTableMs: 0 });

for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, stop);
if (process.argv.includes("--until-stdin-closes")) process.stdin.on("end", stop).on("error", stop).resume();

server.on("error", (error) =>
  fail(error.code === "EADDRINUSE"
    ? `Port ${port} on ${host} is in use. Stop what listens there, or name another port: node dynamodb.mjs <port>`
    : `Cannot listen on ${host}:${port}: ${error.message}`));
server.listen(port, host, () => console.log(`DynamoDB ready on http://${host}:${server.address().port}`));

function stop() {
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
