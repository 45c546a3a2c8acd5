// Runs one workload on one pool for Node.js, several times.
//
// usage: node node_pools.mjs PEER WORKLOAD REPETITIONS WORKERS
// peers: piscina (threads), tinypool and workerpool (child processes)
//
// The packages are where the variable MITOSIS_BENCH_PACKAGES says, a path below which is their
// node_modules; bench/install-peers puts them there. Prints one JSON object a repetition. A wrong
// result ends it with status 1. These pools have no map: each item is a message of its own.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { nap } from './node_tasks.mjs';

const MIB = 1 << 20;
const packages = createRequire(process.env.MITOSIS_BENCH_PACKAGES);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

async function openPeer(name, workers) {
  const threads = { minThreads: workers, maxThreads: workers };
  if (name === 'workerpool') {
    const pool = packages('workerpool').pool(here('node_workerpool_worker.mjs'), {
      minWorkers: workers, maxWorkers: workers, workerType: 'process',
    });
    return {
      run: (task, item) => pool.exec(task, [item]),
      pids: () => pool.workers.map((worker) => worker.worker.pid),
      close: () => pool.terminate(),
    };
  }
  if (name === 'piscina') {
    const { Piscina } = packages('piscina');
    const pool = new Piscina({ filename: here('node_tasks.mjs'), ...threads });
    return { run: (task, item) => pool.run(item, { name: task }), close: () => pool.destroy() };
  }
  const { default: Tinypool } = await import(pathToFileURL(packages.resolve('tinypool')));
  const pool = new Tinypool({
    filename: here('node_tasks.mjs'), runtime: 'child_process', ...threads,
  });
  return {
    run: (task, item) => pool.run(item, { name: task }),
    pids: () => pool.threads.map((worker) => worker.process.pid),
    close: () => pool.destroy(),
  };
}

const range = (count) => Array.from({ length: count }, (_, i) => i);
const now = () => performance.now();
const map = (pool, task, items) => Promise.all(items.map((item) => pool.run(task, item)));

async function squares(pool, count) {
  const results = await map(pool, 'square', range(count));
  assert.deepEqual(results, range(count).map((n) => n * n));
}

async function latencies(pool, calls, pauseMs) {
  const times = [];
  for (let i = 0; i < calls; i++) {
    if (pauseMs) {
      await nap(pauseMs);
    }
    const start = now();
    const result = await pool.run('square', i);
    times.push((now() - start) * 1e3);
    assert.equal(result, i * i);
  }
  times.sort((a, b) => a - b);
  return { p50_us: times[calls / 2], p99_us: times[calls * .99] };
}

const workloads = {
  async first(name, workers) {
    const times = [];
    for (let i = 0; i < 5; i++) {
      const start = now();
      const pool = await openPeer(name, workers);
      const results = await map(pool, 'square', [0, 1]);
      times.push(now() - start);
      await pool.close();
      assert.deepEqual(results, [0, 1]);
    }
    return { ms: times.sort((a, b) => a - b)[2] };
  },

  roundtrip: (pool) => latencies(pool, 2_000, 0),

  roundtrip_idle: (pool) => latencies(pool, 200, 10),

  async each(pool) {
    const start = now();
    const results = await map(pool, 'square', range(20_000));
    const seconds = (now() - start) / 1e3;
    assert.equal(results.reduce((sum, n) => sum + n, 0), 2_666_466_670_000);
    return { items_per_s: 20_000 / seconds };
  },

  async payload(pool) {
    const blobs = Array(200).fill(new Uint8Array(randomBytes(MIB)));
    const start = now();
    const lengths = await map(pool, 'length', blobs);
    const seconds = (now() - start) / 1e3;
    assert.deepEqual(lengths, Array(200).fill(MIB));
    return { mib_per_s: 200 / seconds };
  },

  async skew(pool, workers) {
    const naps = [...Array(4).fill(200), ...Array(200).fill(2)];
    const start = now();
    assert.deepEqual(await map(pool, 'nap', naps), naps);
    const seconds = (now() - start) / 1e3;
    return { of_ideal: naps.reduce((sum, n) => sum + n, 0) / 1e3 / workers / seconds };
  },

  async memory(pool, workers) {
    await squares(pool, 100);
    const mean = (name) => pool.pids().reduce((sum, pid) => sum + mib(pid, name), 0) / workers;
    return { pss_mib: mean('Pss'), pss_anon_mib: mean('Pss_Anon') };
  },
};

function mib(pid, name) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)[1]) / 1024;
}

const [peer, workload, repetitions, workers] = process.argv.slice(2);
if (workload === 'first') {
  for (let i = 0; i < Number(repetitions); i++) {
    console.log(JSON.stringify(await workloads.first(peer, Number(workers))));
  }
} else {
  const pool = await openPeer(peer, Number(workers));
  if (workload !== 'memory') {
    await squares(pool, 1_000);
  }
  for (let i = 0; i < Number(repetitions); i++) {
    console.log(JSON.stringify(await workloads[workload](pool, Number(workers))));
  }
  await pool.close();
}
process.exit(0); // tinypool leaves handles behind
