package dev.mitosis.internal.hosting;

import dev.mitosis.internal.link.ControlChannel;
import java.io.ObjectInputFilter;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The objects that this process hosts, for all its pools and children.
public final class Hosting {
    /// How many bytes travel at most as the arguments of a call, or as what it returns.
    public static final int MOST_BYTES = ControlChannel.LONGEST - 1024;

    /// Those of this process.
    public static final Hosting HERE = new Hosting();

    private final SecureRandom numbers = new SecureRandom();
    private final Map<Long, Resident> residents = new ConcurrentHashMap<>();

    private Hosting() {}

    Resident host(Class<?> type, Object object, ObjectInputFilter filter) {
        var resident = new Resident(numbers.nextLong(), type, object, filter);
        residents.put(resident.id, resident);
        return resident;
    }

    void end(Resident resident) {
        residents.remove(resident.id);
        resident.end();
    }

    @Nullable Resident find(long id) {
        return residents.get(id);
    }

    void partyGone(int party, long pid) {
        forEach(attentive -> attentive.partyGone(party, pid));
    }

    /// A thread of this process will never call again, though it may still run.
    ///
    /// @param thread the thread
    public void threadGone(Thread thread) {
        var caller = new Caller(Caller.HOST, thread.threadId());
        forEach(attentive -> attentive.threadGone(caller));
    }

    private void forEach(Consumer<Attentive> told) {
        for (var resident : residents.values()) {
            if (resident.object instanceof Attentive attentive) {
                told.accept(attentive);
            }
        }
    }

    /// {@return whether this process hosts the object of a proxy}
    ///
    /// @param proxy the proxy
    public static boolean isHere(Object proxy) {
        return Proxy.getInvocationHandler(proxy) instanceof Proxied.Here;
    }

    /// {@return what checks that which comes by way of an object, or null where it is not hosted}
    ///
    /// @param proxy a proxy of the object
    public static @Nullable ObjectInputFilter filter(Object proxy) {
        return Proxy.getInvocationHandler(proxy) instanceof Proxied.Here here
                ? here.filter() : null;
    }

    /// {@return a proxy of what a handle means, here or where this process was started}
    Object at(HostedHandle handle) {
        var resident = residents.get(handle.id());
        if (resident != null) {
            return resident.proxy;
        }
        return new Proxied.There(handle).proxy();
    }
}
