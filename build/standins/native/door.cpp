// The one native door of the TorchSharp stand-in: a C ABI over libtorch's operator dispatcher.
// Any ATen operator is reached by name and overload, so a new operator needs no change here.
// Works with libtorch 1.13 to 2.x. A tensor handle is an owned reference to its TensorImpl.
// A function that can fail returns a negative number; door_error() then tells why (per thread).
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/GradMode.h>

#include <cstring>
#include <string>
#include <vector>

namespace {

using Impl = at::TensorImpl;

// Mirrors Native/Arg.cs.
enum Tag : int64_t { kNone = 0, kTensor = 1, kInt = 2, kDouble = 3, kBool = 4, kIntList = 5, kTensorList = 6 };

struct Value {
    int64_t tag;
    int64_t count;  // of a list
    union {
        int64_t i;
        double d;
        const void* p;
    };
};

thread_local std::string last_error;

at::Tensor borrow(const void* handle) {
    if (handle == nullptr) return {};
    return at::Tensor(c10::intrusive_ptr<Impl, c10::UndefinedTensorImpl>::reclaim_copy(static_cast<Impl*>(const_cast<void*>(handle))));
}

void* give(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

template <typename F>
int64_t guarded(F&& body) {
    try {
        return body();
    } catch (const c10::Error& e) {
        last_error = e.what_without_backtrace();
    } catch (const std::exception& e) {
        last_error = e.what();
    } catch (...) {
        last_error = "unknown native exception";
    }
    return -1;
}

c10::IValue to_ivalue(const Value& v) {
    switch (v.tag) {
        case kTensor: return borrow(v.p);
        case kInt: return v.i;
        case kDouble: return v.d;
        case kBool: return v.i != 0;
        case kIntList: return std::vector<int64_t>(static_cast<const int64_t*>(v.p), static_cast<const int64_t*>(v.p) + v.count);
        case kTensorList: {
            c10::List<at::Tensor> list;
            for (int64_t k = 0; k < v.count; k++) list.push_back(borrow(static_cast<void* const*>(v.p)[k]));
            return list;
        }
        default: return {};
    }
}

Value from_ivalue(c10::IValue&& v) {
    Value value{kNone, 0, {0}};
    if (v.isTensor()) value.tag = kTensor, value.p = give(std::move(v).toTensor());
    else if (v.isBool()) value.tag = kBool, value.i = v.toBool();
    else if (v.isInt()) value.tag = kInt, value.i = v.toInt();
    else if (v.isDouble()) value.tag = kDouble, value.d = v.toDouble();
    return value;
}

}  // namespace

#define DOOR extern "C" __attribute__((visibility("default")))

DOOR const char* door_error() { return last_error.c_str(); }

// An operator handle lives as long as the process.
DOOR void* door_operator(const char* name, const char* overload) {
    void* found = nullptr;
    guarded([&] {
        found = new c10::OperatorHandle(c10::Dispatcher::singleton().findSchemaOrThrow(name, overload));
        return 0;
    });
    return found;
}

// Arguments left off at the end take the schema's defaults; results past the capacity are dropped.
DOOR int64_t door_call(const void* op, const Value* arguments, int64_t count, Value* results, int64_t capacity) {
    return guarded([&] {
        const auto& handle = *static_cast<const c10::OperatorHandle*>(op);
        const auto& wanted = handle.schema().arguments();
        torch::jit::Stack stack;
        stack.reserve(wanted.size());
        for (int64_t k = 0; k < count; k++) stack.push_back(to_ivalue(arguments[k]));
        for (size_t k = stack.size(); k < wanted.size(); k++)
            stack.push_back(wanted[k].default_value() ? *wanted[k].default_value() : c10::IValue());
        handle.callBoxed(&stack);
        for (int64_t k = 0; k < capacity; k++) results[k] = from_ivalue(std::move(stack.at(k)));
        return 0;
    });
}

DOOR void door_free(void* handle) { at::Tensor(c10::intrusive_ptr<Impl, c10::UndefinedTensorImpl>::reclaim(static_cast<Impl*>(handle))); }

// A second handle to the same tensor.
DOOR void* door_share(void* handle) { return give(borrow(handle)); }

DOOR int64_t door_from_memory(const void* data, int64_t bytes, int dtype, const int64_t* shape, int64_t dimensions, void** result) {
    return guarded([&] {
        auto tensor = at::empty(c10::IntArrayRef(shape, static_cast<size_t>(dimensions)), at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype)));
        TORCH_CHECK(static_cast<int64_t>(tensor.nbytes()) == bytes, "the shape needs ", tensor.nbytes(), " bytes, but ", bytes, " were given");
        if (bytes > 0) std::memcpy(tensor.data_ptr(), data, static_cast<size_t>(bytes));
        *result = give(std::move(tensor));
        return 0;
    });
}

DOOR int door_dtype(void* handle) { return static_cast<int>(borrow(handle).scalar_type()); }
DOOR int64_t door_dimensions(void* handle) { return static_cast<Impl*>(handle)->dim(); }
DOOR int64_t door_elements(void* handle) { return static_cast<Impl*>(handle)->numel(); }
DOOR void* door_data(void* handle) { return borrow(handle).data_ptr(); }
DOOR void door_shape(void* handle, int64_t* sizes) {
    auto* impl = static_cast<Impl*>(handle);
    for (int64_t k = 0; k < impl->dim(); k++) sizes[k] = impl->sizes()[k];
}

DOOR int64_t door_require_grad(void* handle) {
    return guarded([&] { borrow(handle).set_requires_grad(true); return 0; });
}
DOOR void* door_grad(void* handle) { return give(borrow(handle).grad()); }
// Gradient zero, where there is one.
DOOR int64_t door_zero_grad(void* handle) {
    return guarded([&] {
        auto& grad = borrow(handle).mutable_grad();
        if (!grad.defined()) return 0;
        grad.detach_().zero_();
        return 0;
    });
}
DOOR int64_t door_backward(void* handle) {
    return guarded([&] { borrow(handle).backward(); return 0; });
}

DOOR int door_grad_enabled() { return c10::GradMode::is_enabled(); }
DOOR void door_set_grad_enabled(int on) { c10::GradMode::set_enabled(on != 0); }
DOOR void door_manual_seed(uint64_t seed) { at::manual_seed(seed); }
DOOR int64_t door_set_threads(int count) {
    return guarded([&] { at::set_num_threads(count); return 0; });
}
DOOR int door_threads() { return at::get_num_threads(); }
