// One process of a peer: node drain.mjs <peer> '<settings as JSON>'. Says "ready" when its connections stand, begins at the line "go",
// says "done" when its own jobs are, and ends when its standard input does.
import readline from 'node:readline';
import { Api } from './api.mjs';

const [, , name, json] = process.argv;
const settings = JSON.parse(json);
const { Peer } = await import(`./${name}.mjs`);

const api = new Api(settings);
const allJobs = Array.from({ length: settings.jobs }, (_, number) => `drain-${number}`);
const ownJobs = allJobs.filter((_, number) => number % settings.processes === settings.index);
const peer = new Peer(settings);

await api.warmUp();
await peer.open(settings.index === 0, allJobs);
const input = readline.createInterface({ input: process.stdin });
input.once('line', async () => {
  await peer.drain(ownJobs, api);
  console.log('done');
});
input.once('close', () => process.exit(0));
console.log('ready');
