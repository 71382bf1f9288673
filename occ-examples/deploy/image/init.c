/*
 * The first program of the enclave, with the conventions of AWS's own, so that either starts the same ramdisks: /cmd holds the
 * command, one argument a line, /env its environment, NAME=VALUE a line, and /rootfs the files that it sees. One byte 0xB7 to
 * CID 3, port 9000, tells the parent instance that the enclave is up; the parent sends it back. When the command ends, the
 * machine ends. No C library but the kernel's nolibc is linked. MAX_FILE bytes of /cmd and of /env are read; more,
 * or more than MAX_LINES lines, end the enclave, because half a command is not what was measured.
 */
#define MAX_FILE 65536
#define MAX_LINES 256
#define AF_VSOCK 40
#define SOCK_STREAM 1
#define SOCK_CLOEXEC 02000000
#define PARENT_CID 3
#define HEARTBEAT_PORT 9000
#define HEARTBEAT 0xB7
#define HEARTBEAT_MS 10000
#define SIGKILL_STATUS 128

/* Of <linux/vm_sockets.h>, which asks for a C library. */
struct vsock_address {
  unsigned short family, reserved;
  unsigned int port, cid;
  unsigned char zero[4];
};

/* Of <linux/mount.h>. */
#define NOSUID 2UL
#define NODEV 4UL
#define NOEXEC 8UL

#define SAY(...) printf("occ-init: " __VA_ARGS__)

/* An enclave has no power switch that the kernel could use; the hypervisor ends a machine that restarts (reboot=k). */
static void power_off(void) {
  reboot(LINUX_REBOOT_CMD_RESTART);
  for (;;) my_syscall0(__NR_pause);
}

static void die(const char *what) {
  SAY("%s: error %d\n", what, errno);
  power_off();
}

static void mount_at(const char *type, const char *place, unsigned long flags) {
  mkdir(place, 0755);
  if (mount(type, place, type, flags, 0) < 0 && errno != EBUSY) die(place);
}

static void open_console(void) {
  int console = open("/dev/console", O_RDWR);
  if (console < 0) return;
  for (int fd = 0; fd < 3; fd++) dup2(console, fd);
  if (console > 2) close(console);
}

/* The lines of a file; a null pointer after the last. */
static char **lines(const char *path) {
  static char *no_lines[1];
  char *text = malloc(MAX_FILE + 1), **list = calloc(MAX_LINES + 1, sizeof *list);
  int fd = open(path, O_RDONLY), length = 0, count = 0;
  if (fd < 0) return no_lines;
  if (!text || !list) die("memory");
  for (ssize_t n; length < MAX_FILE && (n = read(fd, text + length, MAX_FILE - length)) != 0; length += n) {
    if (n < 0) die(path);
  }
  close(fd);
  if (length == MAX_FILE) die("too long");
  text[length] = 0;
  for (char *line = text; line < text + length;) {
    char *end = strchr(line, '\n');
    if (end) *end = 0;
    if (count == MAX_LINES) die("too many lines");
    list[count++] = line;
    line = end ? end + 1 : text + length;
  }
  return list;
}

/* Nobody may hold up the enclave by not answering: without an answer it starts all the same. */
static const char *heartbeat(void) {
  struct vsock_address parent = {.family = AF_VSOCK, .cid = PARENT_CID, .port = HEARTBEAT_PORT};
  unsigned char byte = HEARTBEAT;
  int fd = my_syscall3(__NR_socket, AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return "no vsock";
  const char *result = "answered";
  struct pollfd answer = {.fd = fd, .events = POLLIN};
  if (my_syscall3(__NR_connect, fd, &parent, sizeof parent) < 0) result = "refused";
  else if (write(fd, &byte, 1) != 1 || poll(&answer, 1, HEARTBEAT_MS) != 1 || read(fd, &byte, 1) != 1 || byte != HEARTBEAT)
    result = "no answer";
  close(fd);
  return result;
}

static void enter_rootfs(void) {
  if (chdir("/rootfs") < 0 || chroot(".") < 0) die("/rootfs");
  mount_at("proc", "/proc", NOSUID | NODEV | NOEXEC);
  mount_at("sysfs", "/sys", NOSUID | NODEV | NOEXEC);
  mount_at("devtmpfs", "/dev", NOSUID | NOEXEC);
  mount_at("tmpfs", "/tmp", NOSUID | NODEV | NOEXEC);
  mount_at("tmpfs", "/run", NOSUID | NODEV | NOEXEC);
}

/* Waits for all children, so that none stays a zombie; returns when the command has ended. */
static int reap_until(pid_t command) {
  int status = 0;
  for (;;) {
    pid_t done = waitpid(-1, &status, 0);
    if (done == command) return WIFEXITED(status) ? WEXITSTATUS(status) : SIGKILL_STATUS + (status & 0x7F);
    if (done < 0 && errno != EINTR) die("wait");
  }
}

int main(void) {
  mount_at("devtmpfs", "/dev", NOSUID | NOEXEC);
  open_console();
  char **command = lines("/cmd"), **environment = lines("/env");
  if (!command[0]) die("/cmd");
  SAY("heartbeat: %s\n", heartbeat());
  enter_rootfs();
  pid_t child = fork();
  if (child < 0) die("fork");
  if (child == 0) {
    setsid();
    execve(command[0], command, environment);
    SAY("%s: error %d\n", command[0], errno);
    exit(127);
  }
  SAY("started %s\n", command[0]);
  SAY("exit %d\n", reap_until(child));
  power_off();
}
