import type { Socket } from "node:net";

/** As little of SMTP as a sender needs to be rid of a mail; hands on each mail as it came over the line. */
export function mailServerStub(onMail: (mail: string) => void): (socket: Socket) => void {
  return (socket) => {
    let [data, inData] = ["", false];
    socket.write("220 mail.test\r\n");
    socket.on("data", (chunk) => {
      data += chunk.toString();
      if (inData && data.includes("\r\n.\r\n")) {
        onMail(data);
        [data, inData] = ["", false];
        socket.write("250 kept\r\n");
        return;
      }
      for (const line of inData ? [] : data.split("\r\n").filter(Boolean)) {
        inData ||= line === "DATA";
        socket.write(line === "DATA" ? "354 go on\r\n" : line.startsWith("EHLO") ? "250 mail.test\r\n" : "250 ok\r\n");
      }
      data = inData || !data.endsWith("\r\n") ? data.replace(/^[\s\S]*DATA\r\n/, "") : "";
    });
    socket.on("error", () => undefined);
  };
}
