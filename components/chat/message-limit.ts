/** Most characters (code points) in one message, the server's own limit. Here without its schemas, which weigh much. */
export const MESSAGE_LIMIT = 5_000;
