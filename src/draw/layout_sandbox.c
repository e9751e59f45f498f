/* What the layout child gives up before it works: files, processes, memory, time, and all but a few system calls. */
#include "draw/drawing.h"

#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static const rlim_t memory_more = (rlim_t)1 << 30; /* bytes over what is mapped already */

static void limit(int resource, rlim_t value)
{
	struct rlimit limits = {value, value};
	setrlimit((__rlimit_resource_t)resource, &limits);
}

/* Bytes of address space in use: shared regions of workers count, so the limit stands above it. */
static rlim_t mapped(void)
{
	unsigned long pages = 0;
	FILE *file = fopen("/proc/self/statm", "re");
	if (!file)
		return 0;
	if (fscanf(file, "%lu", &pages) != 1)
		pages = 0;
	fclose(file);
	return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* No file may be opened, made or listed; kernels without landlock go on. */
static void lock_files(void)
{
	struct landlock_ruleset_attr access = {.handled_access_fs = (1ULL << 13) - 1};
	int fd = (int)syscall(SYS_landlock_create_ruleset, &access, sizeof access, 0);
	if (fd < 0)
		return;
	syscall(SYS_landlock_restrict_self, fd, 0);
	close(fd);
}

static void lock_calls(void)
{
	static const int allowed[] = {
		SCMP_SYS(read),         SCMP_SYS(write),       SCMP_SYS(mmap),         SCMP_SYS(munmap),
		SCMP_SYS(mremap),       SCMP_SYS(brk),         SCMP_SYS(mprotect),     SCMP_SYS(madvise),
		SCMP_SYS(exit),         SCMP_SYS(exit_group),  SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(rt_sigaction), SCMP_SYS(sigaltstack), SCMP_SYS(futex),        SCMP_SYS(clock_gettime),
		SCMP_SYS(getpid),       SCMP_SYS(gettid),      SCMP_SYS(tgkill),       SCMP_SYS(lseek),
		SCMP_SYS(newfstatat),   SCMP_SYS(fstat),       SCMP_SYS(close),        SCMP_SYS(getrandom),
		SCMP_SYS(getrusage),    SCMP_SYS(sched_yield),
	};
	static const int deadly[] = {SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(socket), SCMP_SYS(ptrace)};
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (!filter)
		return;
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
		seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
	seccomp_load(filter);
	seccomp_release(filter);
}

void sandbox_enter(unsigned seconds)
{
	rlim_t used = mapped();
	prctl(PR_SET_PDEATHSIG, 9);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_CPU, seconds + 1);
	if (used)
		limit(RLIMIT_AS, used + memory_more);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NPROC, 0);
	lock_files();
	lock_calls();
}
