// Put before the C library by LD_PRELOAD, it has the N-th call of one kind fail as a full or broken disk
// does: STUBBLE_FAIL_CALL is write, fsync or rename, STUBBLE_FAIL_NUMBER counts from 1, and only files below
// STUBBLE_FAIL_FOLDER count. STUBBLE_FAIL_SEEN names a file that is made when the call comes.

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

std::atomic<int> calls{0};

std::string_view environment(const char* name) {
    const char* const value = std::getenv(name);
    return value ? value : "";
}

bool isBelow(std::string_view path) {
    const std::string_view folder = environment("STUBBLE_FAIL_FOLDER");
    return !folder.empty() && path.starts_with(folder);
}

bool fails(std::string_view call, std::string_view path) {
    if (environment("STUBBLE_FAIL_CALL") != call || !isBelow(path)) return false;
    if (++calls != std::atoi(std::getenv("STUBBLE_FAIL_NUMBER"))) return false;
    if (const char* const seen = std::getenv("STUBBLE_FAIL_SEEN"))
        ::close(::open(seen, O_CREAT | O_WRONLY | O_CLOEXEC, 0666));
    return true;
}

bool descriptorFails(std::string_view call, int fd) {
    char link[64], path[4096];
    std::snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t size = ::readlink(link, path, sizeof path);
    return size > 0 && fails(call, std::string_view(path, static_cast<std::size_t>(size)));
}

template <typename Function>
Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

ssize_t write(int fd, const void* bytes, size_t size) {
    static auto* const next = real<ssize_t(int, const void*, size_t)>("write");
    if (descriptorFails("write", fd)) {
        errno = ENOSPC;
        return -1;
    }
    return next(fd, bytes, size);
}

int fsync(int fd) {
    static auto* const next = real<int(int)>("fsync");
    if (descriptorFails("fsync", fd)) {
        errno = EIO;
        return -1;
    }
    return next(fd);
}

int rename(const char* from, const char* to) noexcept {
    static auto* const next = real<int(const char*, const char*)>("rename");
    if (fails("rename", to)) {
        errno = EIO;
        return -1;
    }
    return next(from, to);
}
}
