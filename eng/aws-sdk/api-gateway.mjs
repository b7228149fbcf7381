// Calls the control plane through AWS's SDK for JavaScript, nothing set but the endpoint, region and credentials:
//   node api-gateway.mjs <endpoint>
// Each line of standard input is one call, {"command":"CreateApiKey","input":{…}}, and is answered by one line:
// {"output":{…}} or {"error":{"name","message","status"}}. With "pages":true the SDK's own paginator lists all pages,
// {"output":[page, …]}. Bytes are given as text. It ends when its input does.
import readline from 'node:readline';
import * as sdk from '@aws-sdk/client-api-gateway';

const client = new sdk.APIGatewayClient({
  endpoint: process.argv[2],
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  // A refusal is the answer under test: it must not be asked for again.
  maxAttempts: 1,
});

const withoutMetadata = ({ $metadata, ...output }) => output;

async function call({ command, input, pages }) {
  if (!pages) {
    const { body } = input;
    const bytes = body === undefined ? input : { ...input, body: Buffer.from(body) };
    return withoutMetadata(await client.send(new sdk[`${command}Command`](bytes)));
  }
  const all = [];
  for await (const page of sdk[`paginate${command}`]({ client, pageSize: input.limit }, input)) all.push(withoutMetadata(page));
  return all;
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify({ output: await call(JSON.parse(line)) }));
  } catch (error) {
    console.log(JSON.stringify({ error: { name: error.name, message: error.message, status: error.$metadata?.httpStatusCode } }));
  }
}
