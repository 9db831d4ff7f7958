import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * The data folder: the option, else YINGDA_DATA_DIR, else `.data` in the project. A relative one counts from where
 * the person typed the command (npm changes the working folder and leaves the original in INIT_CWD).
 * @param {string | undefined} option
 */
export function resolveDataDirectory(option) {
  const chosen = option ?? process.env.YINGDA_DATA_DIR;
  return chosen ? path.resolve(process.env.INIT_CWD ?? process.cwd(), chosen) : path.join(root, ".data");
}

/** The files of a data folder, in one place. */
export function dataFiles(dataDirectory) {
  const at = (...parts) => path.join(dataDirectory, ...parts);
  return {
    lock: at("up.lock"),
    running: at("running.json"),
    secrets: at("secrets.json"),
    database: at("postgres.json"),
    seed: at("seed.json"),
    demo: at("demo.json"),
    serverLog: at("logs", "server.log"),
    databaseLog: at("logs", "postgres.log"),
  };
}
