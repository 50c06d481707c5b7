// A Boost managed segment with three named objects, until standard input ends. Prints the target.
#include <boost/interprocess/managed_shared_memory.hpp>
#include <cstdio>
#include <string>
#include <unistd.h>

struct Reading { double celsius; int sensor; };

int main() {
    using namespace boost::interprocess;
    std::string name = "shmlens-boost-" + std::to_string(getpid());
    shared_memory_object::remove(name.c_str());
    {
        managed_shared_memory segment(create_only, name.c_str(), 8192);
        segment.construct<int>("answer")(42);
        segment.construct<Reading>("readings")[16](Reading{21.5, 3});
        segment.construct<double>("a longer name")(0.25);
        segment.construct<char>(anonymous_instance)('x');
        std::printf("posix:/%s\n", name.c_str());
        std::fflush(stdout);
        char c;
        while (read(0, &c, 1) > 0) {}
    }
    shared_memory_object::remove(name.c_str());
}
